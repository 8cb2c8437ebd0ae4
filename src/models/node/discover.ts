import { isCloudModel, type LocalModel, type LocalServer, rankLocal } from '../choice/local-server.ts';
import { amount, field, parseJson, text } from '../json.ts';
import { believableWindow } from '../wire/context-limit.ts';
import { createHttpFetch } from './http-fetch.ts';
import { bodyBytes, bodyText } from './response-body.ts';

export interface DiscoverOptions {
  /** Origins to look at; the default ports of this machine when absent. */
  readonly ollama?: string;
  readonly lmstudio?: string;
  /** For the whole look, 4,000 when absent. A machine without servers refuses at once: this is for servers that are slow. */
  readonly timeoutMs?: number;
}

/** A port that nobody has refuses at once, but on Windows, which tries again for two seconds. */
const fetchLocal = createHttpFetch({ connectMs: 1000 });
const maxBodyChars = 4_000_000;

/**
 * Looks for Ollama and LM Studio on their default ports of this machine. Never rejects: what does not answer in time, or
 * not as they do, is not there.
 */
export async function discoverLocal(options: DiscoverOptions = {}): Promise<readonly LocalServer[]> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? 4000);
  const found = await Promise.all([
    ollamaAt(options.ollama ?? 'http://127.0.0.1:11434', signal),
    lmStudioAt(options.lmstudio ?? 'http://127.0.0.1:1234', signal),
  ]);
  return found.filter((server) => server !== undefined);
}

/** https://docs.ollama.com/api/tags, https://docs.ollama.com/api/ps */
async function ollamaAt(origin: string, signal: AbortSignal): Promise<LocalServer | undefined> {
  const [tags, running] = await Promise.all([get(`${origin}/api/tags`, signal), get(`${origin}/api/ps`, signal)]);
  const listed = field(tags, 'models');
  if (!Array.isArray(listed)) return undefined;
  const windows = new Map(
    items(field(running, 'models')).map((model) => [text(field(model, 'name')), windowIn(model, 'context_length')]),
  );
  const models = listed.flatMap((model): readonly LocalModel[] => {
    const name = text(field(model, 'name'));
    const family = text(field(model, 'details', 'family'));
    if (name === '' || /bert|embed/i.test(`${name} ${family}`)) return [];
    const billions = billionsOf(text(field(model, 'details', 'parameter_size')) || name);
    const remote = text(field(model, 'remote_host')) !== '' || isCloudModel(name);
    return [{ name, contextTokens: windows.get(name), billions, loaded: windows.has(name), remote }];
  });
  return { provider: 'ollama', baseUrl: `${origin}/v1`, models: rankLocal(models) };
}

/** https://lmstudio.ai/docs/developer/rest/endpoints: its own API tells types and windows, the OpenAI-compatible one names only. */
async function lmStudioAt(origin: string, signal: AbortSignal): Promise<LocalServer | undefined> {
  const [rich, plain] = await Promise.all([get(`${origin}/api/v0/models`, signal), get(`${origin}/v1/models`, signal)]);
  const listed = [field(rich, 'data'), field(plain, 'data')].find((data) => Array.isArray(data));
  if (listed === undefined) return undefined;
  const models = items(listed).flatMap((model): readonly LocalModel[] => {
    const name = text(field(model, 'id'));
    if (name === '' || /embed/i.test(`${name} ${text(field(model, 'type'))}`)) return [];
    const contextTokens = windowIn(model, 'loaded_context_length') ?? windowIn(model, 'max_context_length');
    const loaded = text(field(model, 'state')) === 'loaded';
    return [{ name, contextTokens, billions: billionsOf(name), loaded, remote: false }];
  });
  return { provider: 'lmstudio', baseUrl: `${origin}/v1`, models: rankLocal(models) };
}

const windowIn = (model: unknown, name: string) => believableWindow(amount(field(model, name)));

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `7.6B`, `qwen2.5-coder-32b`, `567M` */
function billionsOf(words: string): number | undefined {
  const match = /(?:^|[^\w.])(\d+(?:\.\d+)?)\s*([bm])\b/i.exec(` ${words}`);
  if (match === null) return undefined;
  return Number(match[1]) / (match[2]?.toLowerCase() === 'm' ? 1000 : 1);
}

/** The JSON at an address, `undefined` when there is none. */
async function get(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await fetchLocal(url, { signal });
    const timeouts = { firstByteMs: 60_000, betweenChunksMs: 60_000 };
    const body = await bodyText(bodyBytes(response, timeouts, signal), maxBodyChars);
    return response.ok ? parseJson(body)?.value : undefined;
  } catch {
    return undefined;
  }
}
