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

/** Both SDKs send the key as a bearer token; a server that wants it elsewhere gets it there only, and no key means no header. */
export function keyHeaders({ preset, apiKey }: Endpoint): Readonly<Record<string, string | null>> {
  const { keyHeader } = preset.quirks;
  if (apiKey === undefined) return { authorization: null };
  return keyHeader === undefined ? {} : { authorization: null, [keyHeader]: apiKey };
}
