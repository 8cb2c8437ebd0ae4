import { formatModelSpec, parseModelSpec } from '../model-spec.ts';
import { priceOf } from '../prices.ts';
import type { ModelPair, ProviderId } from '../providers/preset.ts';
import { presetOf, presets } from '../providers/presets.ts';
import type { LocalServer } from './local-server.ts';

/** What is known when a question is asked. */
export interface ChoiceFacts {
  /** What the person set; blank or `auto`: nothing. */
  readonly model: string;
  /** Blank or `auto`: the default for the root's provider. */
  readonly subModel: string;
  /** A base URL of the person's own, for the provider of `model`: then nothing is known of what else is served there. */
  readonly ownBaseUrl: boolean;
  /** Names (`vendor/id`) of the models of VS Code to use; absent when there are none, and outside of VS Code. */
  readonly vscode?: ModelPair;
  /** Servers found on this machine. */
  readonly local: readonly LocalServer[];
  /** Providers whose key is in the secret storage or the environment. */
  readonly keyed: readonly ProviderId[];
}

/** Why a choice is what it is, in the order of `auto`. */
type ChoiceReason = 'chosen' | 'vscode' | 'local' | 'key' | 'offline';

export type ModelChoice =
  | {
      readonly kind: 'ok';
      /** Full specs. */
      readonly root: string;
      readonly sub: string;
      readonly why: ChoiceReason;
      /** One line for people, shown with the question: what answers, and why that. */
      readonly sentence: string;
    }
  | { readonly kind: 'problem'; readonly problem: string };

/**
 * The models of one question, decided once before it begins: what the person chose, else a model of VS Code, else a server
 * on this machine, else a provider whose key is there, else offline. What was chosen but cannot be had is a problem, never a
 * reason to ask another vendor.
 */
export function chooseModels(facts: ChoiceFacts): ModelChoice {
  const wished = isAuto(facts.model) ? undefined : parseModelSpec(facts.model);
  if (wished?.kind === 'problem') return wished;
  const found = wished === undefined ? findModels(facts) : chosen(formatModelSpec(wished.spec), facts);
  if (isAuto(facts.subModel)) return { kind: 'ok', ...found };
  const sub = parseModelSpec(facts.subModel);
  return sub.kind === 'problem' ? sub : { kind: 'ok', ...found, sub: formatModelSpec(sub.spec) };
}

const isAuto = (text: string): boolean => text.trim() === '' || text.trim() === 'auto';

type Found = Omit<Extract<ModelChoice, { kind: 'ok' }>, 'kind'>;

const chosen = (root: string, { ownBaseUrl }: ChoiceFacts): Found => ({
  root,
  sub: ownBaseUrl ? root : defaultSub(root),
  why: 'chosen',
  sentence: `${root}, as chosen`,
});

function findModels({ vscode, local, keyed }: ChoiceFacts): Found {
  if (vscode !== undefined) return pairOf('vscode', vscode, 'vscode', `${vscode.root} of VS Code`);
  for (const server of local) {
    const model = server.models.find(({ remote }) => !remote);
    if (model === undefined) continue;
    const { title } = presetOf(server.provider);
    // One model for both: a second one would not fit beside it in the memory of most machines.
    const pair = { root: model.name, sub: model.name };
    return pairOf(server.provider, pair, 'local', `${model.name} of ${title}, found on this machine`);
  }
  for (const { id, pair, keyVariable, title } of presets) {
    if (pair !== undefined && keyed.includes(id))
      return pairOf(id, pair, 'key', `${id}:${pair.root}, because there is a key for ${title} (${keyVariable})`);
  }
  return { root: 'offline', sub: 'offline', why: 'offline', sentence: nothingFound };
}

const nothingFound =
  'offline search without a language model: no model in VS Code, no server on this machine, no key was found';

const pairOf = (provider: string, { root, sub }: ModelPair, why: ChoiceReason, sentence: string): Found => ({
  root: `${provider}:${root}`,
  sub: `${provider}:${sub}`,
  why,
  sentence,
});

/** The provider's usual sub-model when it is known to be cheaper than the root; otherwise the root itself. */
function defaultSub(root: string): string {
  const parsed = parseModelSpec(root);
  if (parsed.kind === 'problem' || !('name' in parsed.spec) || parsed.spec.provider === 'vscode') return root;
  const { provider, name } = parsed.spec;
  const { pair } = presetOf(provider);
  const [mine, other] = [priceOf(name, provider), pair && priceOf(pair.sub, provider)];
  return pair !== undefined && mine && other && other.output < mine.output ? `${provider}:${pair.sub}` : root;
}
