import { bothUsages } from '../cost.ts';
import type { LanguageModel, ModelEvent, ModelFailure, ModelRequest, Price, Usage } from '../model.ts';
import type { ProfileId } from '../profiles/profile.ts';
import type { ProviderPreset } from '../providers/preset.ts';
import type { Effort } from '../wire/dialect.ts';
import type { HostGate } from '../wire/host-gate.ts';
import type { KnownLimits, ModelLimits } from '../wire/model-limits.ts';
import { backoffMs, defaultRetryPolicy, type RetryPolicy } from '../wire/retry.ts';
import { type Target, type Verdict, verdict } from '../wire/verdict.ts';
import type { AttemptEnd } from './attempt.ts';
import { createNetwork, type Network } from './network.ts';
import type { BodyTimeouts } from './response-body.ts';
import { sleep } from './sleep.ts';
import { Speaker } from './speaker.ts';
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

export interface RemoteOptions extends Tuning, KnownLimits {
  readonly preset: ProviderPreset;
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  /** What holds the key, for people; the provider's variable when absent. */
  readonly keyName?: string | undefined;
  readonly price?: Price | undefined;
  readonly profile?: ProfileId | undefined;
  readonly network?: Network | undefined;
}

const cancelled: ModelFailure = { kind: 'cancelled', message: 'The request was stopped.' };

type Failed = Extract<AttemptEnd, { kind: 'failed' }>;

/** A model behind an API: OpenAI's chat or responses as many servers speak them, or Anthropic's messages. */
export function remoteModel(options: RemoteOptions): LanguageModel {
  const calls = new RemoteCalls(options);
  return {
    spec: `${options.preset.id}:${options.model}`,
    price: options.price,
    get contextTokens() {
      return calls.limits.promptTokens;
    },
    get maxOutputTokens() {
      return calls.limits.replyTokens;
    },
    ...(options.profile && { profile: options.profile }),
    stream: (request, signal) => calls.stream(request, signal),
  };
}

class RemoteCalls {
  readonly #options: RemoteOptions;
  readonly #retry: RetryPolicy;
  readonly #target: Target;
  readonly #gate: HostGate;
  readonly #speaker: Speaker;

  constructor(options: RemoteOptions) {
    const { network = createNetwork() } = options;
    this.#options = options;
    this.#retry = { ...defaultRetryPolicy, ...options.retry };
    this.#target = targetOf(options);
    this.#gate = network.gateOf(this.#target.host);
    this.#speaker = new Speaker(options, this.#target, network);
  }

  get limits(): ModelLimits {
    return this.#speaker.limits;
  }

  readonly #now = (): number => (this.#options.now ?? Date.now)();

  /** What attempts took that broke off is paid for as well: it counts with the last one. */
  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const lost: Usage[] = [];
    for await (const event of this.#attempts(request, signal, lost))
      yield event.kind === 'done' || event.kind === 'failed' ? this.#withLost(event, lost) : event;
  }

  #withLost<T extends { readonly usage?: Usage }>(end: T, lost: readonly Usage[]): T {
    const [first, ...others] = end.usage === undefined ? lost : [...lost, end.usage];
    if (first === undefined || lost.length === 0) return end;
    return { ...end, usage: others.reduce((sum, usage) => bothUsages(sum, usage, this.#options.price), first) };
  }

  /** @param lost gets what was taken by attempts that are made again. */
  async *#attempts(request: ModelRequest, signal: AbortSignal, lost: Usage[]): AsyncGenerator<ModelEvent> {
    const startedAt = this.#now();
    for (let attempts = 1; ; attempts++) {
      if (signal.aborted) return yield { kind: 'failed', failure: cancelled };
      const end = yield* this.#admitted(request, signal);
      if (end === undefined) return;
      if (end.kind === 'done') return yield end;
      if (signal.aborted) return yield failure(end, request, { ...end.verdict, failure: cancelled });
      const waitMs = this.#wait(end, attempts, startedAt);
      if (waitMs === undefined) return yield failure(end, request, afterAttempts(end.verdict, attempts));
      const taken = end.reply.usageSoFar(request);
      if (taken !== undefined) lost.push(taken);
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
      const end = yield* this.#speaker.attempt(request, signal);
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

  /** Milliseconds until the next attempt; `undefined` when there is to be none. */
  #wait({ verdict, begun }: Failed, attempts: number, startedAt: number): number | undefined {
    const limited = verdict.host === 'rate';
    const most = limited ? this.#retry.maxRateLimited : this.#retry.maxAttempts;
    if (!verdict.retry || begun || attempts >= most) return undefined;
    // While a server that limits the rate answers other calls, this one need not wait ever longer.
    const refused = limited ? Math.max(1, Math.min(attempts, this.#gate.refusedInARow)) : attempts;
    const waitMs = backoffMs(refused, verdict.retryAfterMs, this.#options.random ?? Math.random);
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
