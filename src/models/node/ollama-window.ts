import { amount, field, parseJson, text } from '../json.ts';
import type { HttpFetch } from './http-fetch.ts';
import { bodyBytes, bodyText } from './response-body.ts';

const maxBodyChars = 4_000_000;
/** Loading a large model from a slow disk. */
const timeouts = { firstByteMs: 240_000, betweenChunksMs: 60_000 };

/**
 * Tokens that Ollama gives a model, prompt and reply together. It cuts a longer prompt without a word, and decides the window
 * when it loads the model, so this loads it, as the first request would. `undefined` when it does not tell. Never rejects.
 * https://docs.ollama.com/context-length
 * @param baseUrl of its OpenAI-compatible API
 */
export async function ollamaWindow(
  fetch: HttpFetch,
  baseUrl: string,
  model: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const at = (path: string): string => new URL(path, baseUrl).href;
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(at(path), { ...init, signal });
    return parseJson(await bodyText(bodyBytes(response, timeouts, signal), maxBodyChars))?.value;
  };
  try {
    const headers = { 'content-type': 'application/json' };
    await ask('/api/generate', { method: 'POST', headers, body: JSON.stringify({ model, stream: false }) });
    const running = field(await ask('/api/ps', {}), 'models');
    const names = [model, `${model}:latest`];
    const mine = (Array.isArray(running) ? running : []).find((one) => names.includes(text(field(one, 'name'))));
    return amount(field(mine, 'context_length'));
  } catch {
    return undefined;
  }
}
