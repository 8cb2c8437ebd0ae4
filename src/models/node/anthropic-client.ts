import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Anthropic } from '@anthropic-ai/sdk';
import { messagesBody } from '../anthropic/messages-body.ts';
import { type Endpoint, ownHeaders, type Send, sdkTimeoutMs } from './send.ts';

/** The Messages API by Anthropic's own package, loaded on the first call; the answer is read by us, as with OpenAI's. */
export function anthropicSend(endpoint: Endpoint): Send {
  let client: Promise<Anthropic> | undefined;
  return async (request, dialect, signal) => {
    client ??= connect(endpoint);
    return (await client).messages.create(messagesBody(endpoint.model, request, dialect), { signal }).asResponse();
  };
}

/** Loading the package takes a turn of the event loop for itself. Each `null` and `false` keeps the SDK from taking that value from the environment or from files of the user. */
async function connect(endpoint: Endpoint): Promise<Anthropic> {
  await nextTurn();
  const { Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({
    baseURL: endpoint.baseUrl,
    // The key is set by our fetch.
    apiKey: 'none',
    authToken: null,
    credentials: null,
    config: null,
    profile: null,
    webhookKey: null,
    openTelemetry: false,
    fetch: ownHeaders(endpoint),
    maxRetries: 0,
    timeout: sdkTimeoutMs,
    logLevel: 'off',
  });
}
