import { freePrice } from '../choice/catalog.ts';
import { isCloudModel } from '../choice/local-server.ts';
import type { LanguageModel } from '../model.ts';
import { parseModelSpec } from '../model-spec.ts';
import { contextTokensOf, maxOutputOf, type PriceOverrides, priceOf } from '../prices.ts';
import { profileOf } from '../profiles/pick.ts';
import { type ProfileId, profiles } from '../profiles/profile.ts';
import { type Connection, connect } from '../providers/connection.ts';
import { presetOf } from '../providers/presets.ts';
import type { Network } from './network.ts';
import { remoteModel, type Tuning } from './remote-model.ts';

export interface CreateModelOptions {
  /** Where the provider is asked; its own address when absent or blank. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  /** What holds the key, for people; the provider's variable when absent. */
  readonly keyName?: string | undefined;
  readonly offline: () => LanguageModel;
  /** Makes a model that VS Code offers, by `vendor/id`; absent outside of it. */
  readonly vscode?: (name: string) => CreatedModel;
  /** Picked by the model's name when absent. */
  readonly profile?: ProfileId | undefined;
  /** Tokens of prompt and reply together, when a server on this machine told them. */
  readonly contextTokens?: number | undefined;
  readonly prices?: PriceOverrides | undefined;
  /** Shared by the models of a process; one of its own when absent. */
  readonly network?: Network | undefined;
  readonly tuning?: Tuning;
}

export type CreatedModel =
  | { readonly kind: 'ok'; readonly model: LanguageModel }
  /** For people: what is wrong and what to do. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Makes the model that `spec` names. Touches no network: a wrong key or address shows at the first request. */
export function createModel(spec: string, options: CreateModelOptions): CreatedModel {
  const parsed = parseModelSpec(spec);
  if (parsed.kind === 'problem') return parsed;
  const { spec: wished } = parsed;
  if (wished.provider === 'offline') return { kind: 'ok', model: options.offline() };
  if (wished.provider === 'auto') return problem('`auto` has to be decided before a model is made.');
  if (wished.provider === 'vscode') return options.vscode?.(wished.name) ?? problem(onlyInVsCode(wished.name));
  const preset = presetOf(wished.provider);
  const connected = connect(preset, options, `${wished.provider}:${wished.name}`);
  if (connected.kind === 'problem') return connected;
  return { kind: 'ok', model: remote(wished.name, connected.connection, options) };
}

function remote(name: string, connection: Connection, options: CreateModelOptions): LanguageModel {
  const { preset, baseUrl, apiKey, isLocal } = connection;
  const profile = options.profile ?? profileOf(name);
  const runsHere = preset.local && isLocal && !isCloudModel(name);
  return remoteModel({
    ...options.tuning,
    preset,
    model: name,
    baseUrl,
    apiKey,
    keyName: options.keyName,
    price: priceOf(name, preset.id, options.prices) ?? (runsHere ? freePrice : undefined),
    contextTokens: contextTokensOf(name, preset.id),
    windowTokens: options.contextTokens ?? profiles[profile].windowTokens,
    maxOutputTokens: maxOutputOf(name, preset.id),
    profile,
    network: options.network,
  });
}

const onlyInVsCode = (name: string) =>
  `vscode:${name} is a model of VS Code: it can be asked only there. Choose another one here, or \`auto\`.`;

const problem = (text: string): CreatedModel => ({ kind: 'problem', problem: text });
