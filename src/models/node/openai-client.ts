import type { OpenAI } from 'openai';
import type { ChatBody } from '../openai/dialect.ts';
import { httpFetch } from './http-fetch.ts';

export interface Endpoint {
  readonly baseUrl: string;
  /** Local servers want none. */
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends one request and gives its answer unread. Rejects with the SDK's error for every status but 2xx. */
export type SendChat = (body: ChatBody, signal: AbortSignal) => Promise<Response>;

/** The SDK has its own deadline; ours are finer, so its only has to be longer. */
const sdkTimeoutMs = 24 * 60 * 60 * 1000;

/**
 * Chat completions by the `openai` package, which is loaded on the first call because loading it takes longer than the
 * rest of start-up. The answer is read by us: the SDK's own stream ends alike for a finished and for a cut reply.
 */
export function openAiChat(endpoint: Endpoint): SendChat {
  let client: Promise<OpenAI> | undefined;
  return async (body, signal) => {
    client ??= connect(endpoint);
    return (await client).chat.completions.create(body, { signal }).asResponse();
  };
}

/** Each `null` keeps the SDK from taking that value from the environment: settings are read in one place, not here. */
async function connect({ baseUrl, apiKey, headers }: Endpoint): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: baseUrl,
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: httpFetch,
    maxRetries: 0,
    timeout: sdkTimeoutMs,
    logLevel: 'off',
    defaultHeaders: { ...(apiKey === undefined && { authorization: null }), ...headers },
  });
}
