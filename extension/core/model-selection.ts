import { parseModelSpec } from '../../src/models/model-spec.ts';
import type { ModelChoice } from '../../src/protocol/messages.ts';
import { type Endpoint, endpointOf } from './endpoint.ts';
import type { Settings } from './settings.ts';

/** What the settings come to before a key is looked up. */
export type ModelSelection =
  | { readonly kind: 'offline'; readonly choice: ModelChoice }
  | { readonly kind: 'remote'; readonly choice: ModelChoice; readonly endpoint: Endpoint }
  | { readonly kind: 'problem'; readonly choice: ModelChoice; readonly problem: string };

export function selectModels({
  model,
  subModel,
  baseUrl,
}: Pick<Settings, 'model' | 'subModel' | 'baseUrl'>): ModelSelection {
  const [root, sub] = [parseModelSpec(model), parseModelSpec(subModel)];
  const named = { root: model, sub: subModel };
  for (const parsed of [root, sub])
    if (parsed.kind === 'problem')
      return { kind: 'problem', choice: { ...named, local: false }, problem: parsed.problem };
  if (model === 'offline' && subModel === 'offline') return { kind: 'offline', choice: { ...named, local: true } };
  const endpoint = endpointOf(baseUrl);
  if (endpoint === undefined)
    return {
      kind: 'problem',
      choice: { ...named, local: false },
      problem:
        'The base URL is not a web address. It looks like https://api.openai.com/v1 or http://localhost:11434/v1.',
    };
  return { kind: 'remote', choice: { ...named, local: endpoint.isLocal }, endpoint };
}

/** Said once for each endpoint, before the first text goes there. */
export const firstUseNotice = ({ host }: Endpoint): string =>
  `Ask Codebase sends your question and the parts of your files that answering needs to ${host}, and to nobody else.`;
