import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest } from '../model.ts';
import { type Dialect, fullDialect, simplerDialect } from '../openai/dialect.ts';
import { backoffMs, defaultRetryPolicy, type RetryPolicy } from '../openai/retry.ts';
import type { Target, Verdict } from '../openai/verdict.ts';
import { contextTokensOf, priceOf } from '../prices.ts';
import { type AttemptContext, type AttemptEnd, attempt } from './openai-attempt.ts';
import { openAiChat } from './openai-client.ts';
import type { BodyTimeouts } from './response-body.ts';
import { targetOf } from './target.ts';

export interface OpenAiOptions {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Sent with every request; values of headers that authenticate are kept out of messages like the key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A model may think long before its first byte; a stream that has begun rarely pauses. */
  readonly timeouts?: Partial<BodyTimeouts>;
  readonly retry?: Partial<RetryPolicy>;
  /** For tests. Rejects when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
}

const defaultTimeouts: BodyTimeouts = { firstByteMs: 240_000, betweenChunksMs: 120_000 };

const cancelled: ModelFailure = { kind: 'cancelled', message: 'The request was stopped.' };

type Failed = Extract<AttemptEnd, { kind: 'failed' }>;

/** A model behind any OpenAI-compatible Chat Completions endpoint. */
export function openAiModel(options: OpenAiOptions): LanguageModel {
  const calls = new OpenAiCalls(options);
  return {
    spec: `openai:${options.model}`,
    price: priceOf(options.model),
    contextTokens: contextTokensOf(options.model),
    stream: (request, signal) => calls.stream(request, signal),
  };
}

class OpenAiCalls {
  readonly #options: OpenAiOptions;
  readonly #retry: RetryPolicy;
  readonly #context: AttemptContext;
  readonly #target: Target;
  /** What the server was found to understand; found out once, for all later calls. */
  #dialect: Dialect = fullDialect;

  constructor(options: OpenAiOptions) {
    const { baseUrl, apiKey, headers = {} } = options;
    this.#options = options;
    this.#retry = { ...defaultRetryPolicy, ...options.retry };
    this.#target = targetOf(options);
    this.#context = {
      target: this.#target,
      send: openAiChat({ baseUrl, apiKey, headers }),
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      now: this.#now,
    };
  }

  readonly #now = (): number => (this.#options.now ?? Date.now)();

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const startedAt = this.#now();
    for (let attempts = 1; ; attempts++) {
      if (signal.aborted) return yield { kind: 'failed', failure: cancelled };
      const end = yield* this.#attempt(request, signal);
      if (end.kind === 'done') return yield end;
      if (signal.aborted) return yield failure(end, request, { ...end.verdict, failure: cancelled });
      const waitMs = this.#wait(end, attempts, startedAt);
      if (waitMs === undefined) return yield failure(end, request, afterAttempts(end.verdict, attempts));
      yield { kind: 'retry', attempt: attempts + 1, waitMs, reason: end.verdict.reason };
      await sleepUnlessAborted(this.#options.sleep ?? sleep, waitMs, signal);
    }
  }

  /** One attempt, said more simply as long as the server refuses the form. Stops the request when it is left. */
  async *#attempt(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd> {
    for (;;) {
      const dialect = this.#dialect;
      const call = new AbortController();
      const stop = (): void => call.abort(signal.reason);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      try {
        const end = yield* attempt(this.#context, request, dialect, call.signal);
        if (end.kind === 'done' || !end.formError || !this.#simplify(dialect, end.formError)) return end;
      } finally {
        signal.removeEventListener('abort', stop);
        call.abort();
      }
    }
  }

  /** @returns whether the same request is worth sending in another form. Calls at the same time may find out the same. */
  #simplify(used: Dialect, error: Parameters<typeof simplerDialect>[1]): boolean {
    const simpler = simplerDialect(used, error);
    if (simpler && this.#dialect === used) this.#dialect = simpler;
    return simpler !== undefined;
  }

  /** Milliseconds until the next attempt; `undefined` when there is to be none. */
  #wait({ verdict, begun }: Failed, attempts: number, startedAt: number): number | undefined {
    if (!verdict.retry || begun || attempts >= this.#retry.maxAttempts) return undefined;
    const waitMs = backoffMs(attempts, verdict.retryAfterMs, this.#options.random ?? Math.random);
    return this.#now() - startedAt + waitMs > this.#retry.windowMs ? undefined : waitMs;
  }
}

function failure(end: Failed, request: ModelRequest, { failure }: Verdict): ModelEvent {
  const usage = end.reply.usageSoFar(request);
  return { kind: 'failed', failure, ...(usage && { usage }) };
}

function afterAttempts(verdict: Verdict, attempts: number): Verdict {
  const asked =
    verdict.retryAfterMs === undefined ? '' : `; it asked to wait ${Math.ceil(verdict.retryAfterMs / 1000)} s`;
  const tried = attempts > 1 ? `Gave up after ${attempts} attempts` : asked === '' ? '' : 'Gave up';
  if (tried === '') return verdict;
  return { ...verdict, failure: { ...verdict.failure, message: `${verdict.failure.message} (${tried}${asked}.)` } };
}

async function sleepUnlessAborted(wait: typeof sleep, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, signal);
  } catch {
    // Aborted, which the caller sees for itself.
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
