import { amount, field, parseJson, text } from '../json.ts';
import type { Quirks } from '../providers/preset.ts';
import { believableWindow } from '../wire/context-limit.ts';
import { within } from './deadline.ts';
import type { HttpFetch } from './http-fetch.ts';
import { bodyBytes, bodyText } from './response-body.ts';

const maxBodyChars = 4_000_000;
/** Loading a large model from a slow disk takes its time; a list does not. */
const patienceMs = { ollama: 240_000, listed: 10_000 } as const;
/** Two answers, each with its headers and its body. */
export const longestLookUpMs = 6 * patienceMs.ollama;

type Told = NonNullable<Quirks['tellsWindow']>;

interface Question {
  readonly fetch: HttpFetch;
  /** Of the OpenAI-compatible API. */
  readonly baseUrl: string;
  readonly model: string;
  readonly signal: AbortSignal;
  /** For each answer. */
  readonly ms: number;
}

/** Tokens of prompt and reply together, asked of a server that tells them; `undefined` when it does not. Never rejects. */
export async function toldWindow(how: Told, about: Omit<Question, 'ms'>): Promise<number | undefined> {
  const question = { ...about, ms: patienceMs[how] };
  try {
    return await (how === 'ollama' ? ollamaWindow(question) : listedWindow(question));
  } catch {
    return undefined;
  }
}

/**
 * Ollama cuts a longer prompt without a word, and decides the window when it loads the model, so this loads it, as the first
 * request would. https://docs.ollama.com/context-length
 */
async function ollamaWindow({ baseUrl, model, ...rest }: Question): Promise<number | undefined> {
  const at = (path: string): string => {
    const url = new URL(baseUrl);
    url.pathname = `${url.pathname.replace(/(\/v1)?\/*$/, '')}${path}`;
    return url.href;
  };
  const headers = { 'content-type': 'application/json' };
  await get(at('/api/generate'), rest, { method: 'POST', headers, body: JSON.stringify({ model, stream: false }) });
  const running = itemsOf(field(await get(at('/api/ps'), rest), 'models'));
  const names = [model, `${model}:latest`];
  return amount(
    field(
      running.find((one) => names.includes(text(field(one, 'name')))),
      'context_length',
    ),
  );
}

/** In the list of models, by the names of vLLM, Groq, Together and Mistral. */
async function listedWindow({ baseUrl, model, ...rest }: Question): Promise<number | undefined> {
  const listed = await get(`${baseUrl.replace(/\/$/, '')}/models`, rest);
  const models = Array.isArray(listed) ? listed : itemsOf(field(listed, 'data'));
  const mine = models.find((one) => field(one, 'id') === model);
  const names = ['max_model_len', 'context_window', 'context_length', 'max_context_length'];
  return names.map((name) => believableWindow(amount(field(mine, name)))).find((tokens) => tokens !== undefined);
}

type Asking = Pick<Question, 'fetch' | 'signal' | 'ms'>;

async function get(url: string, { fetch, signal, ms }: Asking, init: RequestInit = {}): Promise<unknown> {
  const response = await within(fetch(url, { ...init, signal }), ms, signal);
  const bytes = bodyBytes(response, { firstByteMs: ms, betweenChunksMs: ms }, signal);
  return parseJson(await bodyText(bytes, maxBodyChars))?.value;
}

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
