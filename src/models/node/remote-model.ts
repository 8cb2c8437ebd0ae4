import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest, Price } from '../model.ts';
import type { ProfileId } from '../profiles/profile.ts';
import type { ProviderPreset } from '../providers/preset.ts';
import { estimateTokens } from '../tokens.ts';
import { type Dialect, type Effort, type FormError, firstDialect, simplerDialect } from '../wire/dialect.ts';
import type { HostGate } from '../wire/host-gate.ts';
import { backoffMs, defaultRetryPolicy, type RetryPolicy } from '../wire/retry.ts';
import { type Target, type Verdict, verdict } from '../wire/verdict.ts';
import { anthropicSend } from './anthropic-client.ts';
import { type AttemptContext, type AttemptEnd, attempt } from './attempt.ts';
import { createNetwork, type Network } from './network.ts';
import { openAiSend } from './openai-client.ts';
import type { BodyTimeouts } from './response-body.ts';
import { sleep } from './sleep.ts';
import { targetOf } from './target.ts';

/** What a person or a test may turn. */
export interface Tuning {
  /** Sent with every request; values of headers that authenticate are kept out of messages like the key. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** For reasoning models; left to the server when absent. */
  readonly effort?: Effort | undefined;
  /** A model may think long before its first byte; a stream that has begun rarely pauses. */
  readonly timeouts?: Partial<BodyTimeouts>;
  readonly retry?: Partial<RetryPolicy>;
  /** For tests. Rejects when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly now?: () => number;
  readonly random?: () => number;
}

export interface RemoteOptions extends Tuning {
  readonly preset: ProviderPreset;
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly price?: Price | undefined;
  /** Tokens of a prompt, as known from a table. */
  readonly contextTokens?: number | undefined;
  /** Tokens of prompt and reply together, as told by the server. */
  readonly windowTokens?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly profile?: ProfileId | undefined;
  readonly network?: Network | undefined;
}

const defaultTimeouts: BodyTimeouts = { firstByteMs: 240_000, betweenChunksMs: 120_000 };

const cancelled: ModelFailure = { kind: 'cancelled', message: 'The request was stopped.' };

type Failed = Extract<AttemptEnd, { kind: 'failed' }>;

/** A model behind an API: OpenAI's chat or responses as many servers speak them, or Anthropic's messages. */
export function remoteModel(options: RemoteOptions): LanguageModel {
  const calls = new RemoteCalls(options);
  return {
    spec: `${options.preset.id}:${options.model}`,
    price: options.price,
    get contextTokens() {
      return calls.promptTokens;
    },
    maxOutputTokens: options.maxOutputTokens,
    ...(options.profile && { profile: options.profile }),
    stream: (request, signal) => calls.stream(request, signal),
  };
}

/** The share of a window that a prompt may take, so that a reply has room. */
const promptShare = 0.85;

class RemoteCalls {
  readonly #options: RemoteOptions;
  readonly #retry: RetryPolicy;
  readonly #context: AttemptContext;
  readonly #target: Target;
  readonly #gate: HostGate;
  /** What the server was found to understand; found out once, for all later calls. */
  #dialect: Dialect;
  /** Tokens of prompt and reply together, as the server told or a refusal taught. */
  #window: number | undefined;

  constructor(options: RemoteOptions) {
    const { preset, model, baseUrl, apiKey, headers = {}, network = createNetwork() } = options;
    this.#options = options;
    this.#retry = { ...defaultRetryPolicy, ...options.retry };
    this.#target = targetOf({ preset, model, baseUrl, headers, ...(apiKey && { apiKey }) });
    this.#gate = network.gateOf(this.#target.host);
    this.#dialect = firstDialect(model, preset.protocol, preset.quirks, options.effort);
    this.#window = options.windowTokens;
    const send = preset.protocol === 'anthropic' ? anthropicSend : openAiSend;
    this.#context = {
      target: this.#target,
      send: send({ preset, model, baseUrl, apiKey, headers, fetch: network.fetch }),
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      now: this.#now,
    };
  }

  readonly #now = (): number => (this.#options.now ?? Date.now)();

  /** Tokens of a prompt; `undefined` as long as unknown. */
  get promptTokens(): number | undefined {
    const known = this.#options.contextTokens;
    const learnt = this.#window === undefined ? undefined : Math.floor(this.#window * promptShare);
    return known === undefined || learnt === undefined ? (known ?? learnt) : Math.min(known, learnt);
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const startedAt = this.#now();
    for (let attempts = 1; ; attempts++) {
      if (signal.aborted) return yield { kind: 'failed', failure: cancelled };
      const end = yield* this.#admitted(request, signal);
      if (end === undefined) return;
      if (end.kind === 'done') return yield end;
      if (signal.aborted) return yield failure(end, request, { ...end.verdict, failure: cancelled });
      const waitMs = this.#wait(end, attempts, startedAt);
      if (waitMs === undefined) return yield failure(end, request, afterAttempts(end.verdict, attempts));
      yield { kind: 'retry', attempt: attempts + 1, waitMs, reason: end.verdict.reason };
      await (this.#options.sleep ?? sleep)(waitMs, signal).catch(() => undefined);
      if (!signal.aborted) yield { kind: 'resume' };
    }
  }

  /** One attempt, when its host lets it through. @returns `undefined` when the end has been told. */
  async *#admitted(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd | undefined> {
    const admission = await this.#gate.enter(signal).catch(() => undefined);
    if (admission === undefined) return yield { kind: 'failed', failure: cancelled };
    if (admission.kind === 'closed') return yield { kind: 'failed', failure: this.#unsent(admission) };
    let outcome: Parameters<typeof admission.leave>[0] = 'other';
    try {
      const end = yield* this.#fitting(request, signal);
      outcome = end.kind === 'done' ? 'ok' : signal.aborted ? 'other' : (end.verdict.host ?? 'ok');
      return end;
    } finally {
      admission.leave(outcome);
    }
  }

  #unsent({ downMs, failures }: { readonly downMs: number; readonly failures: number }): ModelFailure {
    const { url } = this.#target;
    const message = `${url} has not answered for ${Math.round(downMs / 1000)} s (${failures} requests failed), so this one was not sent. Check that it is running and reachable.`;
    return verdict(this.#target, 'unreachable', message).failure;
  }

  /** Asks for a shorter reply when prompt and reply together do not fit a window that was only just learnt. */
  async *#fitting(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd> {
    const before = this.#fit(request);
    const end = yield* this.#spoken(before, signal);
    if (end.kind === 'done' || end.verdict.contextLimit === undefined) return end;
    this.#window = Math.min(this.#window ?? Number.POSITIVE_INFINITY, end.verdict.contextLimit);
    const after = this.#fit(request);
    const shorter = (after.maxOutputTokens ?? 0) < (before.maxOutputTokens ?? 0);
    return shorter ? yield* this.#spoken(after, signal) : end;
  }

  #fit(request: ModelRequest): ModelRequest {
    const { maxOutputTokens: wished } = request;
    if (wished === undefined) return request;
    const most = Math.min(wished, this.#options.maxOutputTokens ?? wished);
    if (this.#window === undefined) return { ...request, maxOutputTokens: most };
    // Code has more tokens than the estimate says.
    const prompt = request.messages.reduce((sum, { content }) => sum + estimateTokens(content) + 8, 0) * 1.3;
    const room = Math.floor(this.#window - prompt);
    return { ...request, maxOutputTokens: Math.min(most, Math.max(256, room)) };
  }

  /** One attempt, said more simply as long as the server refuses the form. Stops the request when it is left. */
  async *#spoken(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, AttemptEnd> {
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
  #simplify(used: Dialect, error: FormError): boolean {
    const simpler = simplerDialect(used, error);
    if (simpler && this.#dialect === used) this.#dialect = simpler;
    return simpler !== undefined;
  }

  /** Milliseconds until the next attempt; `undefined` when there is to be none. */
  #wait({ verdict, begun }: Failed, attempts: number, startedAt: number): number | undefined {
    const most = verdict.host === 'rate' ? this.#retry.maxRateLimited : this.#retry.maxAttempts;
    if (!verdict.retry || begun || attempts >= most) return undefined;
    const waitMs = backoffMs(attempts, verdict.retryAfterMs, this.#options.random ?? Math.random);
    return this.#now() - startedAt + waitMs > this.#retry.windowMs ? undefined : waitMs;
  }
}

function failure(end: Failed, request: ModelRequest, { failure }: Verdict): ModelEvent {
  const usage = end.reply.usageSoFar(request);
  return {
    kind: 'failed',
    failure,
    ...(usage && { usage }),
    ...(end.requestId !== undefined && { requestId: end.requestId }),
  };
}

function afterAttempts(verdict: Verdict, attempts: number): Verdict {
  const asked =
    verdict.retryAfterMs === undefined ? '' : `; it asked to wait ${Math.ceil(verdict.retryAfterMs / 1000)} s`;
  const tried = attempts > 1 ? `Gave up after ${attempts} attempts` : asked === '' ? '' : 'Gave up';
  if (tried === '') return verdict;
  return { ...verdict, failure: { ...verdict.failure, message: `${verdict.failure.message} (${tried}${asked}.)` } };
}
