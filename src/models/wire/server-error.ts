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

/** Anthropic's and OpenAI's names for what would have been a status: https://docs.claude.com/en/api/errors */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/**
 * The error inside a body that came with status 200: `{"error": {…}}` or `{"error": "…"}` as from OpenRouter, Anthropic and
 * LM Studio, the same in OpenRouter's choice, `{"object": "error", "message": …}` from vLLM, `{"type": "error", …}` or
 * `{"response": {"error": {…}}}` in a stream of the Responses API. `undefined` when the body is no error.
 */
export function errorInBody(body: unknown): ServerError | undefined {
  const isError = field(body, 'object') === 'error' || field(body, 'type') === 'error';
  const error =
    field(body, 'error') ??
    field(body, 'choices', 0, 'error') ??
    field(body, 'response', 'error') ??
    (isError ? body : undefined);
  if (error === undefined || error === null) return undefined;
  const code = amount(Number(field(error, 'code') ?? field(error, 'status') ?? Number.NaN));
  const named = statusOfType[text(field(error, 'code'))] ?? statusOfType[text(field(error, 'type'))];
  return describeError(code !== undefined && code >= 400 && code < 600 ? code : named, error, undefined);
}

/** @param body as sent: some servers wrap what they say in `error`, Anthropic's in a `type` beside it, Google's in a list too; FastAPI's say `detail`. */
export function describeError(
  status: number | undefined,
  body: unknown,
  retryAfterMs: number | undefined,
): ServerError {
  const first = Array.isArray(body) ? body[0] : body;
  const error = field(first, 'error') ?? first;
  const all = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  return {
    status,
    code: text(field(error, 'code')) || text(field(error, 'type')),
    param: text(field(error, 'param')),
    message: text(field(error, 'message')) || text(field(error, 'detail')) || (typeof error === 'string' ? error : all),
    text: all,
    retryAfterMs,
  };
}
