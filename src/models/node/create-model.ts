import type { LanguageModel } from '../model.ts';
import { parseModelSpec } from '../model-spec.ts';
import { type OpenAiOptions, openAiModel } from './openai.ts';
import { parseUrl } from './target.ts';

const defaultBaseUrl = 'https://api.openai.com/v1';

export interface CreateModelOptions {
  /** Where the OpenAI-compatible server is; OpenAI's own when absent or blank. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly offline: () => LanguageModel;
  /** Timeouts, retries and headers of the OpenAI provider. */
  readonly tuning?: Omit<OpenAiOptions, 'model' | 'baseUrl' | 'apiKey'>;
}

export type CreatedModel =
  | { readonly kind: 'ok'; readonly model: LanguageModel }
  /** For people: what is wrong and what to do. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Makes the model that `spec` names. Touches no network: a wrong key or address shows at the first request. */
export function createModel(spec: string, options: CreateModelOptions): CreatedModel {
  const parsed = parseModelSpec(spec);
  if (parsed.kind === 'problem') return parsed;
  if (parsed.spec.provider === 'offline') return { kind: 'ok', model: options.offline() };
  const baseUrl = options.baseUrl?.trim() || defaultBaseUrl;
  const apiKey = options.apiKey?.trim() || undefined;
  const wrong = baseUrlProblem(baseUrl) ?? keyProblem(apiKey, baseUrl, parsed.spec.name);
  if (wrong !== undefined) return { kind: 'problem', problem: wrong };
  const model = openAiModel({ ...options.tuning, model: parsed.spec.name, baseUrl, ...(apiKey && { apiKey }) });
  return { kind: 'ok', model };
}

/** Says nothing of the URL's own text when it may hold a password. */
function baseUrlProblem(baseUrl: string): string | undefined {
  const url = parseUrl(baseUrl);
  if (url && (url.username !== '' || url.password !== '')) {
    return 'The base URL holds a user name or password. Take it out and set OPENAI_API_KEY instead.';
  }
  if (url && (url.protocol === 'https:' || url.protocol === 'http:')) return undefined;
  return 'The base URL is not a web address. It looks like https://api.openai.com/v1 or http://localhost:11434/v1.';
}

function keyProblem(apiKey: string | undefined, baseUrl: string, name: string): string | undefined {
  if (apiKey !== undefined && /[^\x21-\x7e]/.test(apiKey)) {
    return 'OPENAI_API_KEY holds a blank or a character that no key has. Copy the key again and set it anew.';
  }
  if (apiKey !== undefined || parseUrl(baseUrl)?.host !== new URL(defaultBaseUrl).host) return undefined;
  return [
    `openai:${name} needs an API key for api.openai.com. Set OPENAI_API_KEY,`,
    'set OPENAI_BASE_URL to another OpenAI-compatible server, or use the model `offline`.',
  ].join(' ');
}
