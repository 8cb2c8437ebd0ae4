import { chooseModels } from '../models/choice/choose-models.ts';
import type { LocalServer } from '../models/choice/local-server.ts';
import type { LanguageModel } from '../models/model.ts';
import { parseModelSpec } from '../models/model-spec.ts';
import { createModel } from '../models/node/create-model.ts';
import { discoverLocal } from '../models/node/discover.ts';
import { createNetwork, type Network } from '../models/node/network.ts';
import { offlineModel } from '../models/offline/offline-model.ts';
import { isLoopback, parseUrl } from '../models/providers/address.ts';
import type { ProviderId } from '../models/providers/preset.ts';
import { presetOf, presets } from '../models/providers/presets.ts';
import { CliError } from './cli-error.ts';
import type { ModelWish } from './model-arguments.ts';
import { proxyEnvironment } from './proxy-environment.ts';
import type { Environment } from './user-folders.ts';

export interface ChosenModels {
  readonly root: LanguageModel;
  readonly sub: LanguageModel;
  /** One line for people: what answers, and why that. */
  readonly sentence: string;
}

/** Decides and makes the models of one question. @throws CliError when what was named cannot be had. */
export async function chooseCliModels(wish: ModelWish, env: Environment): Promise<ChosenModels> {
  const provider = providerOf(wish.model);
  const baseUrl = wish.baseUrl ?? (provider && ownBaseUrl(provider, env));
  // A model that was named needs no look around, but for the window of one on this machine.
  const looks = wish.model === 'auto' || (baseUrl === undefined && (provider === 'ollama' || provider === 'lmstudio'));
  const local = looks ? await discoverLocal() : [];
  const choice = chooseModels({ ...wish, ownBaseUrl: baseUrl !== undefined, local, keyed: keyedProviders(env) });
  if (choice.kind === 'problem') throw new CliError(choice.problem, 2);
  const at = { wish, env, provider };
  const leavesMachine = [choice.root, choice.sub].some((spec) => isElsewhere(spec, at));
  const network = createNetwork({ proxyEnv: leavesMachine ? proxyEnvironment(env) : undefined });
  const make = (spec: string) => makeModel(spec, { ...at, local, network });
  const root = make(choice.root);
  const sub = choice.sub === choice.root ? root : make(choice.sub);
  const others = sub === root ? '' : `; sub-agents: ${choice.sub}`;
  return { root, sub, sentence: `${choice.sentence}${others}` };
}

export const keyedProviders = (env: Environment): readonly ProviderId[] =>
  presets.filter(({ keyVariable }) => env[keyVariable]?.trim()).map(({ id }) => id);

interface Wished {
  readonly wish: ModelWish;
  readonly env: Environment;
  /** Whose the base URL and the headers of the command line are. */
  readonly provider: ProviderId | undefined;
}

interface Making extends Wished {
  readonly local: readonly LocalServer[];
  readonly network: Network;
}

/** What was said for the root's provider goes to that one only. */
function makeModel(spec: string, { wish, env, local, network, provider }: Making): LanguageModel {
  const id = providerOf(spec);
  const name = spec.slice(spec.indexOf(':') + 1);
  const server = local.find((one) => one.provider === id);
  const own = id !== undefined && id === provider;
  const created = createModel(spec, {
    baseUrl: id && baseUrlOf(id, { wish, env, provider }),
    apiKey: id && env[presetOf(id).keyVariable],
    offline: () => offlineModel,
    profile: wish.profile,
    contextTokens: server?.models.find((model) => model.name === name)?.contextTokens,
    network,
    tuning: { effort: wish.effort, headers: own ? wish.headers : {} },
  });
  if (created.kind === 'problem') throw new CliError(created.problem, 2);
  return created.model;
}

/** Of a server that is not on this machine. */
function isElsewhere(spec: string, wished: Wished): boolean {
  const id = providerOf(spec);
  const url = id && parseUrl(baseUrlOf(id, wished) ?? presetOf(id).baseUrl ?? '');
  return url !== undefined && !isLoopback(url);
}

const baseUrlOf = (id: ProviderId, { wish, env, provider }: Wished): string | undefined =>
  (id === provider ? wish.baseUrl : undefined) ?? ownBaseUrl(id, env);

const ownBaseUrl = (id: ProviderId, env: Environment): string | undefined =>
  env[presetOf(id).baseUrlVariable]?.trim() || undefined;

function providerOf(spec: string): ProviderId | undefined {
  const parsed = parseModelSpec(spec);
  if (parsed.kind === 'problem' || !('name' in parsed.spec) || parsed.spec.provider === 'vscode') return undefined;
  return parsed.spec.provider;
}
