import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest, Usage } from '../../src/models/model.ts';
import { TimedOut, within } from '../../src/models/node/deadline.ts';
import { profileOf } from '../../src/models/profiles/pick.ts';
import { estimateTokens } from '../../src/models/tokens.ts';
import { brokenOff, goneFailure, offeredFailure, silentFailure } from './offered-failure.ts';
import { foldMessages, type OfferedMessage } from './offered-messages.ts';

/** A model of VS Code as far as a run needs it. */
export interface OfferedModel {
  /** `vendor/id` */
  readonly name: string;
  /** For people, as the vendor calls it. */
  readonly title: string;
  readonly maxInputTokens: number;
  /** Whether VS Code offers the model still: a provider that goes away ends none of its streams, and no event tells of it. */
  isOffered(): Promise<boolean>;
  /** Pieces of text as they come. Rejects with what VS Code throws; when `signal` aborts, it may just end. */
  ask(messages: readonly OfferedMessage[], signal: AbortSignal): AsyncIterable<string>;
  /** By the model's own tokenizer. May reject or hang. */
  countTokens(text: string): Promise<number>;
}

export interface OfferedTimeouts {
  /** Until the first text; VS Code may be asking the person for consent meanwhile. */
  readonly firstMs: number;
  readonly betweenMs: number;
  /** A silence after which is looked whether the model is there still. */
  readonly lookMs: number;
  readonly countMs: number;
}

const defaultTimeouts: OfferedTimeouts = { firstMs: 300_000, betweenMs: 120_000, lookMs: 5000, countMs: 3000 };

/** A model of VS Code behind the port. There is no system role, no usage and no price. */
export function offeredModel(offered: OfferedModel, timeouts: OfferedTimeouts = defaultTimeouts): LanguageModel {
  return {
    spec: `vscode:${offered.name}`,
    price: undefined,
    contextTokens: offered.maxInputTokens > 0 ? offered.maxInputTokens : undefined,
    profile: profileOf(offered.name),
    stream: (request, signal) => streamOffered(offered, timeouts, request, signal),
  };
}

async function* streamOffered(
  offered: OfferedModel,
  timeouts: OfferedTimeouts,
  { messages }: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  if (signal.aborted) return yield failed(cancelled);
  const over = new AbortController();
  const whole = AbortSignal.any([signal, over.signal]);
  const folded = foldMessages(messages);
  const promptTokens = countAll(offered, folded, timeouts.countMs);
  let reply = '';
  try {
    for await (const text of timed(offered, offered.ask(folded, whole), timeouts, whole)) {
      reply += text;
      yield { kind: 'text', text };
    }
    const broken = brokenStream(offered, reply, signal);
    if (broken !== undefined) yield failed(broken);
    else yield { kind: 'done', usage: await usageOf(offered, promptTokens, reply, timeouts.countMs), finish: 'stop' };
  } catch (error) {
    yield failed(signal.aborted ? cancelled : failureOf(offered, error));
  } finally {
    over.abort();
  }
}

/** A cancelled stream just ends: with some of its text and without an error. */
function brokenStream(offered: OfferedModel, reply: string, signal: AbortSignal): ModelFailure | undefined {
  if (signal.aborted) return cancelled;
  return reply === '' ? brokenOff(offered.title) : undefined;
}

function failureOf(offered: OfferedModel, error: unknown): ModelFailure {
  if (error instanceof Gone) return goneFailure(offered.title);
  if (error instanceof TimedOut) return silentFailure(offered.title, error.ms);
  return offeredFailure(offered.title, error);
}

const cancelled: ModelFailure = { kind: 'cancelled', message: 'The run was stopped.' };
const failed = (failure: ModelFailure): ModelEvent => ({ kind: 'failed', failure });

/** Gives up on a provider that says nothing. */
async function* timed(
  offered: OfferedModel,
  pieces: AsyncIterable<string>,
  { firstMs, betweenMs, lookMs }: OfferedTimeouts,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const iterator = pieces[Symbol.asyncIterator]();
  let wait = firstMs;
  for (;;) {
    const next = await heard(offered, iterator.next(), { waitMs: wait, lookMs }, signal);
    if (next.done) return;
    if (next.value === '') continue;
    wait = betweenMs;
    yield next.value;
  }
}

class Gone extends Error {}

/** While providers are asked anew a model may be missing for a moment. */
const looksUntilGone = 2;

async function heard<T>(
  offered: OfferedModel,
  piece: Promise<T>,
  { waitMs, lookMs }: { readonly waitMs: number; readonly lookMs: number },
  signal: AbortSignal,
): Promise<T> {
  let missing = 0;
  for (let left = waitMs; ; left -= lookMs) {
    try {
      return await within(piece, Math.min(left, lookMs), signal);
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      if (left <= lookMs) throw new TimedOut(waitMs);
      missing = (await offered.isOffered()) ? 0 : missing + 1;
      if (missing === looksUntilGone) throw new Gone();
    }
  }
}

async function usageOf(
  offered: OfferedModel,
  promptTokens: Promise<number>,
  reply: string,
  countMs: number,
): Promise<Usage> {
  const completionTokens = await countTokens(offered, reply, countMs);
  return { promptTokens: await promptTokens, completionTokens, cachedTokens: 0, estimated: true };
}

const countAll = (offered: OfferedModel, messages: readonly OfferedMessage[], countMs: number): Promise<number> =>
  countTokens(offered, messages.map(({ content }) => content).join('\n'), countMs);

const never = new AbortController().signal;

/** The model's own count; ours where it gives none in time. */
async function countTokens(offered: OfferedModel, text: string, countMs: number): Promise<number> {
  try {
    const tokens = await within(offered.countTokens(text), countMs, never);
    return Number.isFinite(tokens) && tokens >= 0 ? Math.round(tokens) : estimateTokens(text);
  } catch {
    return estimateTokens(text);
  }
}
