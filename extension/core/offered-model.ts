import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest, Price, Usage } from '../../src/models/model.ts';
import { TimedOut, within } from '../../src/models/node/deadline.ts';
import { sleep } from '../../src/models/node/sleep.ts';
import { type PriceOverrides, priceOf } from '../../src/models/prices.ts';
import { profileOf } from '../../src/models/profiles/pick.ts';
import type { ProfileId } from '../../src/models/profiles/profile.ts';
import { estimateTokens } from '../../src/models/tokens.ts';
import { backoffMs } from '../../src/models/wire/retry.ts';
import { brokenOff, goneFailure, isBusy, offeredFailure, silentFailure } from './offered-failure.ts';
import { foldMessages, type OfferedMessage } from './offered-messages.ts';

/** A model of VS Code as far as a run needs it. */
export interface OfferedModel {
  /** `vendor/id` */
  readonly name: string;
  /** For people, as the vendor calls it. */
  readonly title: string;
  /** `gpt-5-mini`: what its price is looked up by. */
  readonly family: string;
  readonly maxInputTokens: number;
  /** Whether VS Code offers the model still: a provider that goes away ends none of its streams, and no event tells of it. */
  isOffered(): Promise<boolean>;
  /** Pieces of text as they come. Rejects with what VS Code throws; when `signal` aborts, it may just end. */
  ask(messages: readonly OfferedMessage[], signal: AbortSignal): AsyncIterable<string>;
  /** By the model's own tokenizer. May reject or hang. */
  countTokens(text: string): Promise<number>;
}

interface OfferedTimeouts {
  /** Until the first text; VS Code may be asking the person for consent meanwhile. */
  readonly firstMs: number;
  readonly betweenMs: number;
  /** A silence after which is looked whether the model is there still. */
  readonly lookMs: number;
  readonly countMs: number;
}

const defaultTimeouts: OfferedTimeouts = { firstMs: 300_000, betweenMs: 120_000, lookMs: 5000, countMs: 3000 };

export interface OfferedOptions {
  /** The person's own. */
  readonly prices?: PriceOverrides;
  /** Picked by the model's name when absent. */
  readonly profile?: ProfileId | undefined;
  readonly timeouts?: OfferedTimeouts;
  /** For tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * A model of VS Code behind the port. There is no system role and no usage. VS Code tells no price: its family's list price is
 * taken, and the usage marked as an estimate.
 */
export function offeredModel(offered: OfferedModel, options: OfferedOptions = {}): LanguageModel {
  return {
    spec: `vscode:${offered.name}`,
    price: offeredPrice(offered, options.prices ?? {}),
    contextTokens: offered.maxInputTokens > 0 ? offered.maxInputTokens : undefined,
    profile: options.profile ?? profileOf(offered.name),
    stream: (request, signal) => streamOffered(offered, options, request, signal),
  };
}

/** Copilot writes `claude-sonnet-4.5` where its vendor has `claude-sonnet-4-5`. */
function offeredPrice({ name, family }: OfferedModel, prices: PriceOverrides): Price | undefined {
  const own = [`vscode:${name}`, family].find((key) => Object.hasOwn(prices, key));
  return own === undefined ? (priceOf(family) ?? priceOf(family.replaceAll('.', '-'))) : prices[own];
}

const maxAttempts = 5;

/** Many sub-agents at once come to a rate limit soon: it is waited out, as long as nothing was said. */
async function* streamOffered(
  offered: OfferedModel,
  options: OfferedOptions,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) return yield failed(cancelled);
    const end = yield* attemptOffered(offered, options.timeouts ?? defaultTimeouts, request, signal);
    if (end.kind === 'end' || attempt === maxAttempts) return yield end.event;
    const waitMs = backoffMs(attempt + 1, undefined, Math.random);
    yield { kind: 'retry', attempt: attempt + 1, waitMs, reason: end.reason };
    await (options.sleep ?? sleep)(waitMs, signal);
    if (!signal.aborted) yield { kind: 'resume' };
  }
}

type AttemptEnd =
  | { readonly kind: 'end'; readonly event: ModelEvent }
  | { readonly kind: 'busy'; readonly event: ModelEvent; readonly reason: string };

async function* attemptOffered(
  offered: OfferedModel,
  timeouts: OfferedTimeouts,
  { messages }: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, AttemptEnd> {
  const over = new AbortController();
  const whole = AbortSignal.any([signal, over.signal]);
  const folded = foldMessages(messages);
  const promptTokens = countAll(offered, folded, timeouts.countMs);
  let reply = '';
  const usage = () => usageOf(offered, promptTokens, reply, timeouts.countMs);
  // What was said was paid for.
  const broken = async (failure: ModelFailure): Promise<AttemptEnd> => ({
    kind: 'end',
    event: { kind: 'failed', failure, ...(reply !== '' && { usage: await usage() }) },
  });
  try {
    for await (const text of timed(offered, offered.ask(folded, whole), timeouts, whole)) {
      reply += text;
      yield { kind: 'text', text };
    }
    const failure = brokenStream(offered, reply, signal);
    if (failure !== undefined) return await broken(failure);
    return { kind: 'end', event: { kind: 'done', usage: await usage(), finish: 'stop' } };
  } catch (error) {
    if (signal.aborted) return await broken(cancelled);
    const failure = failureOf(offered, error);
    if (reply !== '' || !isBusy(error)) return await broken(failure);
    return { kind: 'busy', event: failed(failure), reason: `${offered.title} limits how often it is asked` };
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
      missing = (await within(offered.isOffered(), lookMs, signal).catch(() => true)) ? 0 : missing + 1;
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
