import { retryAfterMs } from '../wire/retry.ts';
import { describeError, type ServerError } from '../wire/server-error.ts';

/** The SDK's error for an answer with a bad status; by shape, because its class is loaded lazily. */
export function statusError(error: unknown, now: number): ServerError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const headers = headersOf(error);
  const body = 'error' in error && error.error ? error.error : error.message;
  return describeError(
    error.status,
    body,
    retryAfterMs((name) => headers.get(name), now),
  );
}

export const headersOf = (error: unknown): Headers =>
  error instanceof Error && 'headers' in error && error.headers instanceof Headers ? error.headers : new Headers();

/** OpenAI's and its kin's header, then Anthropic's, Azure's and Cloudflare's. Only what looks like an id: it goes into logs. */
export function requestIdIn(headers: Headers): { readonly requestId?: string } {
  const names = ['x-request-id', 'request-id', 'apim-request-id', 'x-generation-id', 'cf-ray'];
  const requestId = names.map((name) => headers.get(name)).find((value) => /^[\w.:-]{4,100}$/.test(value ?? ''));
  return requestId ? { requestId } : {};
}
