import type { Price } from './model.ts';
import { type KnownModel, priceTable } from './price-table.ts';
import type { ProviderId } from './providers/preset.ts';

export { pricesAsOf } from './price-table.ts';

/** Prices of the person's own, by full spec (`vllm:qwen3`) or name; US dollars per million tokens. They win over the table. */
export type PriceOverrides = Readonly<Record<string, Price>>;

/** `undefined` for a model that is not in the table. A dated snapshot (`gpt-5-2025-08-07`) costs what its alias costs. */
export function priceOf(name: string, provider: ProviderId = 'openai', own: PriceOverrides = {}): Price | undefined {
  const mine = at(own, `${provider}:${name}`) ?? at(own, name);
  if (mine !== undefined) return mine;
  const entry = find(name, provider);
  if (entry === undefined) return undefined;
  const { input, cachedInput, output, cacheWrite } = entry;
  return { input, cachedInput, output, ...(cacheWrite !== undefined && { cacheWrite }) };
}

/** Tokens a prompt may hold. */
export const contextTokensOf = (name: string, provider: ProviderId = 'openai'): number | undefined =>
  find(name, provider)?.context;

/** Tokens a reply may hold; `undefined` when unknown or beyond what is ever asked for. */
export const maxOutputOf = (name: string, provider: ProviderId = 'openai'): number | undefined =>
  find(name, provider)?.maxOutput;

/** Names of a provider's models in the table, strongest first. */
export const knownModels = (provider: ProviderId): readonly string[] => Object.keys(priceTable[provider] ?? {});

/** Gateways put the vendor before the name: `openai/gpt-5-mini`. */
const vendor = /^(openai|anthropic)\//;
const snapshotDate = /-(\d{4}-\d{2}-\d{2}|20\d{6}|latest)$/;

/** Which vendor's table holds a provider's models; gateways and deployments pass their vendors' prices on. */
const vendorsOf: Readonly<Partial<Record<ProviderId, readonly ProviderId[]>>> = {
  openai: ['openai', 'anthropic'],
  azure: ['openai'],
  openrouter: ['openai', 'anthropic'],
  litellm: ['openai', 'anthropic'],
};

function find(name: string, provider: ProviderId): KnownModel | undefined {
  const lower = name.toLowerCase();
  const named = vendor.exec(lower)?.[1];
  const alias = lower.replace(vendor, '').replace(snapshotDate, '');
  for (const one of vendorsOf[provider] ?? [provider]) {
    const entry = named === undefined || named === one ? at(priceTable[one] ?? {}, alias) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

const at = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
