import type { ModelRequest } from '../model.ts';
import type { ProviderPreset } from '../providers/preset.ts';
import type { Dialect } from '../wire/dialect.ts';
import type { HttpFetch } from './http-fetch.ts';

export interface Endpoint {
  readonly preset: ProviderPreset;
  readonly model: string;
  readonly baseUrl: string;
  /** Local servers want none. */
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: HttpFetch;
}

/** Sends one request and gives its answer unread. Rejects with an SDK's error for every status but 2xx. */
export type Send = (request: ModelRequest, dialect: Dialect, signal: AbortSignal) => Promise<Response>;

/** The SDKs have their own deadline; ours are finer, so theirs only has to be longer. */
export const sdkTimeoutMs = 24 * 60 * 60 * 1000;

/** What an SDK says of the protocol; all else it would send it may have from the environment. */
const protocolHeaders = ['accept', 'content-type', 'user-agent', 'anthropic-version'];

/**
 * The endpoint's `fetch`, with its key and its headers and none of the SDK's own: both SDKs take headers from variables of the
 * environment (`OPENAI_CUSTOM_HEADERS`), a key among them perhaps, and would send them to whatever server is asked.
 */
export function ownHeaders({ fetch, preset, apiKey, headers }: Endpoint): HttpFetch {
  const { keyHeader } = preset.quirks;
  const key = apiKey === undefined ? [] : [[keyHeader ?? 'authorization', keyHeader ? apiKey : `Bearer ${apiKey}`]];
  const own = Object.fromEntries([...key, ...Object.entries(headers)]);
  return async (input, init = {}) => {
    const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    const kept = protocolHeaders.flatMap((name) => {
      const value = given.get(name);
      return value === null ? [] : [[name, value]];
    });
    return fetch(input, { ...init, headers: { ...Object.fromEntries(kept), ...lowerNames(own) } });
  };
}

const lowerNames = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
