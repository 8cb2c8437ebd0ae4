import { amount, field, text } from '../json.ts';

/** An error as a server reports it, from an HTTP answer or from inside a stream. */
export interface ServerError {
  /** `undefined` in a stream whose error names none: the HTTP status was 200. */
  readonly status: number | undefined;
  readonly code: string;
  readonly param: string;
  /** What it says, for people; may hold anything, a key included. */
  readonly message: string;
  /** Everything it said, for matching. */
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

/**
 * The error inside a body that came with status 200, as OpenRouter, vLLM and LM Studio send them:
 * `{"error": {…}}`, `{"error": "…"}` or `{"object": "error", "message": …}`. `undefined` when the body is no error.
 */
export function errorInBody(body: unknown): ServerError | undefined {
  const error = field(body, 'error') ?? (field(body, 'object') === 'error' ? body : undefined);
  if (error === undefined || error === null) return undefined;
  const code = amount(Number(field(error, 'code') ?? field(error, 'status') ?? Number.NaN));
  return describeError(code !== undefined && code >= 400 && code < 600 ? code : undefined, error, undefined);
}

export function describeError(
  status: number | undefined,
  error: unknown,
  retryAfterMs: number | undefined,
): ServerError {
  const all = typeof error === 'string' ? error : (JSON.stringify(error) ?? '');
  return {
    status,
    code: text(field(error, 'code')) || text(field(error, 'type')),
    param: text(field(error, 'param')),
    message: text(field(error, 'message')) || all,
    text: all,
    retryAfterMs,
  };
}
