import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenAI } from 'openai';
import { chatBody } from '../openai/chat-body.ts';
import { responsesBody } from '../openai/responses-body.ts';
import { type Endpoint, ownHeaders, type Send, sdkTimeoutMs } from './send.ts';

/**
 * Chat completions and responses by the `openai` package, which is loaded on the first call because loading it takes longer
 * than the rest of start-up. The answer is read by us: the SDK's own stream ends alike for a finished and for a cut reply.
 */
export function openAiSend(endpoint: Endpoint): Send {
  let client: Promise<OpenAI> | undefined;
  return async (request, dialect, signal) => {
    client ??= connect(endpoint);
    const { chat, responses } = await client;
    return dialect.protocol === 'responses'
      ? responses.create(responsesBody(endpoint.model, request, dialect), { signal }).asResponse()
      : chat.completions.create(chatBody(endpoint.model, request, dialect), { signal }).asResponse();
  };
}

/** Loading the package takes a turn of the event loop for itself. Each `null` keeps the SDK from taking that value from the environment: settings are read in one place, not here. */
async function connect(endpoint: Endpoint): Promise<OpenAI> {
  await nextTurn();
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: endpoint.baseUrl,
    // The key is set by our fetch.
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: ownHeaders(endpoint),
    maxRetries: 0,
    timeout: sdkTimeoutMs,
    logLevel: 'off',
  });
}
