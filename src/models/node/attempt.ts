import { messagesReply } from '../anthropic/messages-reply.ts';
import { parseJson } from '../json.ts';
import type { ModelEvent, ModelRequest } from '../model.ts';
import { chatReply } from '../openai/chat-reply.ts';
import { responsesReply } from '../openai/responses-reply.ts';
import type { Protocol } from '../providers/preset.ts';
import type { Dialect, FormError } from '../wire/dialect.ts';
import type { Reply } from '../wire/reply.ts';
import { errorInBody } from '../wire/server-error.ts';
import { judge, quote, type Target, type Verdict, verdict } from '../wire/verdict.ts';
import { connectionTrouble } from './connection-error.ts';
import { TimedOut, within } from './deadline.ts';
import { type BodyTimeouts, bodyBytes, bodyText } from './response-body.ts';
import { headersOf, requestIdIn, statusError } from './sdk-error.ts';
import type { Send } from './send.ts';
import { sseData } from './sse.ts';

/** More than any reply that is meant. */
const maxBodyChars = 16_000_000;
/** Far more than any tokens have on the average: who sends more than that for each granted one does not keep to the limit. */
const maxCharsPerToken = 16;

/** Some proxies call a stream text or JSON: https://github.com/containers/ramalama/issues/2837 */
const streamBegins = /^\s*(data|event|id)?:/;

export interface AttemptContext {
  readonly target: Target;
  readonly send: Send;
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
      readonly requestId?: string;
      readonly formError?: FormError;
    };

const replies: Readonly<Record<Protocol, () => Reply>> = {
  chat: chatReply,
  responses: responsesReply,
  anthropic: messagesReply,
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
  const reply = replies[dialect.protocol]();
  let named = {};
  try {
    const response = await within(context.send(request, dialect, signal), context.timeouts.firstByteMs, signal);
    named = requestIdIn(response.headers);
    const complete = yield* readReply(context, response, reply, request, signal);
    return { ...conclude(context.target, reply, complete, request), ...named };
  } catch (error) {
    const status = statusError(error, context.now());
    const judged = status ? judge(status, context.target) : judgeThrown(error, context.target, reply);
    const failed = { kind: 'failed', verdict: judged, reply, begun: reply.text !== '', ...named } as const;
    return status ? { ...failed, ...requestIdIn(headersOf(error)), formError: status } : failed;
  }
}

/** @returns whether the server said that this was all. */
async function* readReply(
  { target, timeouts }: AttemptContext,
  response: Response,
  reply: Reply,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, boolean> {
  const maxChars = Math.min(maxBodyChars, maxCharsPerToken * (request.maxOutputTokens ?? maxBodyChars));
  let bytes: AsyncIterable<Uint8Array> = bodyBytes(response, timeouts, signal);
  if (!/event-stream/i.test(response.headers.get('content-type') ?? '')) {
    const body = await bodyText(bytes, maxBodyChars);
    if (!streamBegins.test(body)) {
      yield* takePiece(target, body, reply);
      return true;
    }
    bytes = ReadableStream.from([new TextEncoder().encode(body)]);
  }
  for await (const data of sseData(bytes)) {
    if (data.trim() === '[DONE]') return true;
    if (signal.aborted) throw signal.reason;
    yield* takePiece(target, data, reply);
    if (reply.chars <= maxChars) continue;
    // Nobody waits for the end of what may have none; what came is a reply that was cut at its limit.
    reply.cutShort();
    return true;
  }
  return reply.ending !== undefined;
}

function takePiece(target: Target, source: string, reply: Reply): readonly ModelEvent[] {
  const piece = parseJson(source);
  if (!piece) {
    const what = /^\s*</.test(source) ? 'a web page' : 'something that is not JSON';
    const advice = `Check that the base URL is that of an ${target.speaks} API${/^Open/.test(target.speaks) ? '; it often ends in /v1' : ''}.`;
    const message = `${target.url} answered with ${what}: "${quote(target, source)}". ${advice}`;
    throw new Judged(verdict(target, 'bad-response', message));
  }
  const error = errorInBody(piece.value);
  if (error) throw new Judged(judge(error, target));
  return reply.take(piece.value);
}

function conclude(target: Target, reply: Reply, complete: boolean, request: ModelRequest): AttemptEnd {
  const fail = (judged: Verdict): AttemptEnd => ({ kind: 'failed', verdict: judged, reply, begun: reply.text !== '' });
  const { ending } = reply;
  if (reply.refusal !== '' || ending === 'filtered' || ending === 'refused') {
    const cutIn = ending === 'refused' ? 'it gave no reason' : 'its content filter cut in';
    const said = reply.refusal === '' ? cutIn : `it said: ${quote(target, reply.refusal)}`;
    return fail(
      verdict(target, 'refused', `${target.model} refused to answer: ${said}. Put the question differently.`),
    );
  }
  if (ending === 'broken') return fail(brokenOff(target, reply));
  if (!complete) return fail(cut(target, reply, 'the stream ended early'));
  if (reply.isEmpty) {
    const message = `${target.url} answered without a reply in it (no choices). Check that it is an ${target.speaks} API.`;
    return fail(verdict(target, 'bad-response', message));
  }
  return { kind: 'done', usage: reply.usage(request), finish: ending === 'length' ? 'length' : 'stop' };
}

function judgeThrown(error: unknown, target: Target, reply: Reply): Verdict {
  if (error instanceof Judged) return error.verdict;
  if (error instanceof TimedOut) return cut(target, reply, `nothing came for ${error.ms / 1000} s`);
  const trouble = connectionTrouble(error, (message) => quote(target, message));
  if (!trouble.permanent) return cut(target, reply, trouble.reason);
  const message = `Cannot reach ${target.url}: ${trouble.reason}. Check the base URL.`;
  return verdict(target, 'unreachable', message);
}

/** The server is there, so this says nothing against its host. */
function brokenOff(target: Target, reply: Reply): Verdict {
  const message = `${target.host} broke the reply of ${target.model} off after ${reply.chars} characters. Ask again, or another model.`;
  return verdict(target, 'server', message, 'the reply was broken off');
}

function cut(target: Target, reply: Reply, why: string): Verdict {
  const arrived = reply.chars;
  if (arrived === 0) {
    const message = `Cannot get a reply from ${target.url}: ${why}. Check that it is running and reachable.`;
    return { ...verdict(target, 'unreachable', message, why), host: 'down' };
  }
  const message = `The reply from ${target.host} was cut off after ${arrived} characters: ${why}. Ask again.`;
  return verdict(target, 'unreachable', message, why);
}
