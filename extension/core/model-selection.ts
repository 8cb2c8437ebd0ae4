import { chooseModels } from '../../src/models/choice/choose-models.ts';
import { isCloudModel, type LocalServer } from '../../src/models/choice/local-server.ts';
import { type ModelSpec, parseModelSpec } from '../../src/models/model-spec.ts';
import type { ProviderId } from '../../src/models/providers/preset.ts';
import { presetOf } from '../../src/models/providers/presets.ts';
import type { ModelChoice } from '../../src/protocol/messages.ts';
import { type Endpoint, type Environment, endpointOf } from './endpoint.ts';
import { type OfferedFacts, offeredPair, offeredSub } from './offered-choice.ts';
import type { Settings } from './settings.ts';

export type ModelSettings = Pick<Settings, 'model' | 'subModel' | 'baseUrl'>;

/** What is there to be asked, as far as it was looked for. */
export interface FoundModels {
  readonly offered: readonly OfferedFacts[];
  readonly local: readonly LocalServer[];
  /** Providers whose key is in the secret storage or in the environment. */
  readonly keyed: readonly ProviderId[];
}

export const nothingFound: FoundModels = { offered: [], local: [], keyed: [] };

/** What a choice depends on beside the settings: a model that was named needs no look around. */
export function neededLooks({ model, subModel, baseUrl }: ModelSettings): Readonly<Record<keyof FoundModels, boolean>> {
  const auto = isAuto(model);
  const here = [model, subModel].some((spec) => /^(?:ollama|lmstudio):/.test(spec.trim()));
  return {
    offered: auto || (model.trim().startsWith('vscode:') && isAuto(subModel)),
    local: auto || (here && baseUrl === ''),
    keyed: auto,
  };
}

export type ModelSelection =
  | {
      readonly kind: 'ok';
      readonly choice: ModelChoice;
      /** Whether the person named a model; else it was found. */
      readonly chosen: boolean;
    }
  | { readonly kind: 'problem'; readonly choice: ModelChoice; readonly problem: string };

/** The models of a question that is asked now. */
export function selectModels(settings: ModelSettings, found: FoundModels, env: Environment): ModelSelection {
  const pair = offeredPair(found.offered);
  const made = chooseModels({
    model: settings.model,
    subModel: isAuto(settings.subModel) ? subOfOffered(settings.model, found.offered) : settings.subModel,
    ownBaseUrl: settings.baseUrl !== '',
    ...(pair && { vscode: pair }),
    local: found.local,
    keyed: found.keyed,
  });
  if (made.kind === 'problem') return problem(settings, made.problem);
  const { root, sub, sentence, why } = made;
  for (const spec of [root, sub]) {
    const provider = providerOf(spec);
    if (provider !== undefined && endpointFor(spec, settings, env) === undefined)
      return problem(settings, noAddress(provider));
  }
  const others = sub === root ? '' : `; sub-agents: ${sub}`;
  const local = [root, sub].every((spec) => staysHere(spec, settings, env));
  return {
    kind: 'ok',
    choice: { root, sub, local, sentence: `${sentence}${others}` },
    chosen: why === 'chosen',
  };
}

function problem({ model, subModel }: ModelSettings, text: string): ModelSelection {
  const choice = { root: model, sub: isAuto(subModel) ? model : subModel, local: false, sentence: text };
  return { kind: 'problem', choice, problem: text };
}

const noAddress = (provider: ProviderId): string => {
  const { title, baseUrlExample } = presetOf(provider);
  return `The base URL for ${title} is missing or no web address. It looks like ${baseUrlExample}.`;
};

/** The base URL of the settings is that of the root's provider, and of sub-agents at the same one. */
export function endpointFor(spec: string, settings: ModelSettings, env: Environment): Endpoint | undefined {
  const provider = providerOf(spec);
  if (provider === undefined) return undefined;
  const own = provider === providerOf(settings.model) ? settings.baseUrl : '';
  return endpointOf(provider, own, env);
}

/** `undefined` for what is asked at no address: `auto`, `offline`, models of VS Code, and what is no spec. */
export function providerOf(text: string): ProviderId | undefined {
  const spec = specOf(text);
  return spec === undefined || !('name' in spec) || spec.provider === 'vscode' ? undefined : spec.provider;
}

/** `vendor/id` of a model of VS Code. */
export function offeredName(text: string): string | undefined {
  const spec = specOf(text);
  return spec?.provider === 'vscode' ? spec.name : undefined;
}

function specOf(text: string): ModelSpec | undefined {
  const parsed = parseModelSpec(text);
  return parsed.kind === 'ok' ? parsed.spec : undefined;
}

const isAuto = (text: string): boolean => text.trim() === '' || text.trim() === 'auto';

function subOfOffered(model: string, offered: readonly OfferedFacts[]): string {
  const name = offeredName(model);
  return name === undefined ? '' : `vscode:${offeredSub(name, offered)}`;
}

/** A gateway on this machine sends on what it is asked. */
function staysHere(spec: string, settings: ModelSettings, env: Environment): boolean {
  if (spec === 'offline') return true;
  const endpoint = endpointFor(spec, settings, env);
  return endpoint?.isLocal === true && endpoint.provider !== 'litellm' && !isCloudModel(spec);
}

/** Said once for each recipient, before the first text goes there. */
export const firstUseNotice = (recipient: string): string =>
  `Ask Codebase sends your question and the parts of your files that answering needs to ${recipient}, and to nobody else.`;
