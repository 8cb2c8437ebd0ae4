import { parseJson } from '../json.ts';
import type { ModelEvent, ModelRequest } from '../model.ts';
import { chatBody, type Dialect, type FormError } from '../openai/dialect.ts';
import { Reply } from '../openai/reply.ts';
import { retryAfterMs } from '../openai/retry.ts';
import { describeError, errorInBody, type ServerError } from '../openai/server-error.ts';
import { judge, quote, type Target, type Verdict, verdict } from '../openai/verdict.ts';
import { connectionTrouble } from './connection-error.ts';
import { TimedOut, within } from './deadline.ts';
import type { SendChat } from './openai-client.ts';
import { type BodyTimeouts, bodyBytes, bodyText } from './response-body.ts';
import { sseData } from './sse.ts';

/** More than any reply that is meant. */
const maxBodyChars = 16_000_000;

export interface AttemptContext {
  readonly target: Target;
  readonly send: SendChat;
  readonly timeouts: BodyTimeouts;
  readonly now: () => number;
}

export type AttemptEnd =
  | Extract<ModelEvent, { kind: 'done' }>
  /** `formError`: the server may accept the request in a simpler form. `begun`: some of the reply's text was passed on. */
  | {
      readonly kind: 'failed';
      readonly verdict: Verdict;
      readonly reply: Reply;
      readonly begun: boolean;
      readonly formError?: FormError;
    };

/** A verdict on its way up, through the loops that read a body. */
class Judged extends Error {
  readonly verdict: Verdict;

  constructor(judged: Verdict) {
    super(judged.reason);
    this.verdict = judged;
  }
}

/** One request. Passes the reply on as it arrives and returns how it ended; never throws. */
export async function* attempt(
  context: AttemptContext,
  request: ModelRequest,
  dialect: Dialect,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, AttemptEnd> {
  const reply = new Reply();
  try {
    const body = chatBody(context.target.model, request, dialect);
    const response = await within(context.send(body, signal), context.timeouts.firstByteMs, signal);
    const complete = yield* readReply(context, response, reply, signal);
    return conclude(context.target, reply, complete, request);
  } catch (error) {
    const status = statusError(error, context.now());
    const judged = status ? judge(status, context.target) : judgeThrown(error, context.target, reply);
    const failed = { kind: 'failed', verdict: judged, reply, begun: reply.text !== '' } as const;
    return status ? { ...failed, formError: status } : failed;
  }
}

/** @returns whether the server said that this was all. */
async function* readReply(
  { target, timeouts }: AttemptContext,
  response: Response,
  reply: Reply,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, boolean> {
  const bytes = bodyBytes(response, timeouts, signal);
  if (!/event-stream/i.test(response.headers.get('content-type') ?? '')) {
    yield* takePiece(target, await bodyText(bytes, maxBodyChars), reply);
    return true;
  }
  for await (const data of sseData(bytes)) {
    if (data.trim() === '[DONE]') return true;
    if (signal.aborted) throw signal.reason;
    yield* takePiece(target, data, reply);
  }
  return reply.finish !== undefined;
}

function takePiece(target: Target, source: string, reply: Reply): readonly ModelEvent[] {
  const piece = parseJson(source);
  if (!piece) {
    const what = /^\s*</.test(source) ? 'a web page' : 'something that is not JSON';
    const advice = 'Check that the base URL is that of an OpenAI-compatible API; it often ends in /v1.';
    const message = `${target.url} answered with ${what}: "${quote(target, source)}". ${advice}`;
    throw new Judged(verdict(target, 'bad-response', message));
  }
  const error = errorInBody(piece.value);
  if (error) throw new Judged(judge(error, target));
  return reply.take(piece.value);
}

function conclude(target: Target, reply: Reply, complete: boolean, request: ModelRequest): AttemptEnd {
  const fail = (judged: Verdict): AttemptEnd => ({ kind: 'failed', verdict: judged, reply, begun: reply.text !== '' });
  if (reply.refusal !== '' || reply.finish === 'content_filter') {
    const said = reply.refusal === '' ? 'its content filter cut in' : `it said: ${quote(target, reply.refusal)}`;
    return fail(
      verdict(target, 'refused', `${target.model} refused to answer: ${said}. Put the question differently.`),
    );
  }
  if (!complete) return fail(cut(target, reply, 'the stream ended early'));
  if (reply.isEmpty) {
    const message = `${target.url} answered without a reply in it (no choices). Check that it speaks the chat completions protocol.`;
    return fail(verdict(target, 'bad-response', message));
  }
  const length = reply.finish === 'length' || reply.finish === 'max_tokens';
  return { kind: 'done', usage: reply.usage(request), finish: length ? 'length' : 'stop' };
}

/** The SDK's error for an answer with a bad status; by shape, because its class is loaded lazily. */
function statusError(error: unknown, now: number): ServerError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  const headers = 'headers' in error && error.headers instanceof Headers ? error.headers : new Headers();
  const body = 'error' in error && error.error ? error.error : error.message;
  return describeError(
    error.status,
    body,
    retryAfterMs((name) => headers.get(name), now),
  );
}

function judgeThrown(error: unknown, target: Target, reply: Reply): Verdict {
  if (error instanceof Judged) return error.verdict;
  if (error instanceof TimedOut) return cut(target, reply, `nothing came for ${error.ms / 1000} s`);
  const trouble = connectionTrouble(error, (message) => quote(target, message));
  if (!trouble.permanent) return cut(target, reply, trouble.reason);
  const message = `Cannot reach ${target.url}: ${trouble.reason}. Check the base URL.`;
  return verdict(target, 'unreachable', message);
}

function cut(target: Target, reply: Reply, why: string): Verdict {
  const arrived = reply.text.length;
  const message =
    arrived === 0
      ? `Cannot get a reply from ${target.url}: ${why}. Check that it is running and reachable.`
      : `The reply from ${target.host} was cut off after ${arrived} characters: ${why}. Ask again.`;
  return verdict(target, 'unreachable', message, why);
}
