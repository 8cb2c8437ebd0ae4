import type { Price } from '../model.ts';
import { contextTokensOf, knownModels, priceOf } from '../prices.ts';
import type { ProviderId } from '../providers/preset.ts';
import { presets } from '../providers/presets.ts';
import type { LocalServer } from './local-server.ts';

/** One model to choose. */
export interface CatalogModel {
  readonly spec: string;
  readonly name: string;
  /** Tokens of a prompt; `undefined` when unknown. */
  readonly contextTokens: number | undefined;
  /** `undefined` when unknown, which is not free. */
  readonly price: Price | undefined;
  /** Text that it is asked stays on this machine. */
  readonly local: boolean;
}

/** A provider with what there is of it. */
export interface CatalogGroup {
  readonly provider: ProviderId | 'offline';
  readonly title: string;
  readonly ready: boolean;
  /** What is missing and how it is had; empty when ready. */
  readonly missing: string;
  readonly models: readonly CatalogModel[];
}

export const freePrice: Price = { input: 0, cachedInput: 0, output: 0 };

/** All there is to choose from, what is ready first. The models of VS Code are the editor's own to list. */
export function modelCatalog(facts: {
  readonly local: readonly LocalServer[];
  readonly keyed: readonly ProviderId[];
}): readonly CatalogGroup[] {
  const offline: CatalogModel = {
    spec: 'offline',
    name: 'offline',
    contextTokens: undefined,
    price: freePrice,
    local: true,
  };
  const groups = presets.map((preset): CatalogGroup => {
    const server = facts.local.find(({ provider }) => provider === preset.id);
    const ready = server !== undefined || facts.keyed.includes(preset.id);
    const models = server === undefined ? hosted(preset.id) : running(server);
    return { provider: preset.id, title: preset.title, ready, missing: ready ? '' : missingText(preset), models };
  });
  const found = groups.filter(({ ready }) => ready);
  const rest = groups.filter(({ ready }) => !ready);
  return [
    ...found,
    { provider: 'offline', title: 'Offline search', ready: true, missing: '', models: [offline] },
    ...rest,
  ];
}

function hosted(provider: ProviderId): readonly CatalogModel[] {
  const { pair } = presets.find(({ id }) => id === provider) ?? {};
  const names = [...new Set([...knownModels(provider), ...(pair ? [pair.root, pair.sub] : [])])];
  return names.map((name) => ({
    spec: `${provider}:${name}`,
    name,
    contextTokens: contextTokensOf(name, provider),
    price: priceOf(name, provider),
    local: false,
  }));
}

const running = ({ provider, models }: LocalServer): readonly CatalogModel[] =>
  models.map(({ name, contextTokens, remote }) => ({
    spec: `${provider}:${name}`,
    name,
    contextTokens,
    price: remote ? undefined : freePrice,
    local: !remote,
  }));

function missingText({
  id,
  keyVariable,
  baseUrlVariable,
  baseUrl,
  getStarted,
  local,
  needsKey,
}: (typeof presets)[number]) {
  if (id === 'ollama' || id === 'lmstudio') return `not running: ${getStarted}`;
  if (local) return `name a model of it: ${id}:NAME; ${getStarted}`;
  const address = baseUrl === undefined ? ` and its address (${baseUrlVariable})` : '';
  if (!needsKey) return `name a model of it: ${id}:NAME; ${getStarted}`;
  return `needs a key (${keyVariable})${address}: ${getStarted}`;
}
