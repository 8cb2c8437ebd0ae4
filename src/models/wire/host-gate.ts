import type { Clock } from '../../util/clock.ts';

/** How a request went, as far as it tells of its host. `other`: it tells nothing, as when it was cancelled. */
export type HostOutcome = 'ok' | 'rate' | 'down' | 'other';

export type Admission =
  /** The request may go out; `leave` has to be called once, when it has ended. */
  | { readonly kind: 'admitted'; readonly leave: (outcome: HostOutcome) => void }
  /** The host has been dead for too long: nothing was sent. */
  | { readonly kind: 'closed'; readonly downMs: number; readonly failures: number };

/** Failures in a row after which nothing but a probe is sent. */
const tripAfter = 5;
const probeMs = 500;
/** Calls wait so long for a dead host to come back, then they are told that it is. */
const patienceMs = 20_000;
/** Recent answers that are looked at to judge the rate, and how many of them have to be refusals. */
const windowSize = 40;
const tooManyRefused = 24;
/** What a good answer adds to the limit. */
const growth = 0.25;

interface Waiter {
  readonly admit: (admission: Admission) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets requests to one host through. A circuit breaker: after some failures in a row one probe at a time goes out, twice
 * a second, while all others wait. Adaptive concurrency: no limit until three of five recent answers were
 * "too many requests"; then half of what is in flight, growing again by one with every four good answers. Fewer refusals than
 * that cost nothing but a retry: slowing down for them would lose more than it saves.
 */
export class HostGate {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();
  #inFlight = 0;
  #limit = Number.POSITIVE_INFINITY;
  #recent: HostOutcome[] = [];
  #refusedInARow = 0;
  #failures = 0;
  #downSince: number | undefined;
  #probing = false;
  #probeAt = 0;
  #callOff: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests that may be in flight at once. */
  get limit(): number {
    return this.#limit;
  }

  /** "Too many requests" since the last good answer. */
  get refusedInARow(): number {
    return this.#refusedInARow;
  }

  get isOpen(): boolean {
    return this.#failures >= tripAfter;
  }

  /** Waits for a place. @throws the signal's reason when it aborts first. */
  enter(signal: AbortSignal): Promise<Admission> {
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const abort = () => waiter.reject(signal.reason);
      const done = () => {
        signal.removeEventListener('abort', abort);
        this.#waiting.delete(waiter);
      };
      const waiter: Waiter = {
        admit: (admission) => {
          done();
          resolve(admission);
        },
        reject: (reason) => {
          done();
          reject(reason);
        },
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.add(waiter);
      this.#pump();
    });
  }

  /** Admits whom it may, and sees to being called again when the next probe is due. */
  #pump(): void {
    if (this.isOpen) this.#probe();
    else while (this.#waiting.size > 0 && this.#inFlight < this.#limit) this.#admitNext(false);
  }

  #probe(): void {
    if (this.#waiting.size === 0 || this.#probing) return;
    const wait = this.#probeAt - this.#clock.now();
    if (wait <= 0) this.#admitNext(true);
    else this.#awaitProbe(wait);
  }

  #awaitProbe(wait: number): void {
    const downMs = this.#clock.now() - (this.#downSince ?? 0);
    if (downMs >= patienceMs) {
      const closed: Admission = { kind: 'closed', downMs, failures: this.#failures };
      for (const waiter of [...this.#waiting]) waiter.admit(closed);
      return;
    }
    this.#callOff ??= this.#clock.after(wait, () => {
      this.#callOff = undefined;
      this.#pump();
    });
  }

  #admitNext(probe: boolean): void {
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#inFlight++;
    this.#probing = this.#probing || probe;
    let held = true;
    const leave = (outcome: HostOutcome) => {
      if (!held) return;
      held = false;
      this.#inFlight--;
      if (probe) this.#probing = false;
      this.#note(outcome);
      this.#pump();
    };
    next.admit({ kind: 'admitted', leave });
  }

  #note(outcome: HostOutcome): void {
    if (outcome === 'down') this.#noteDown();
    else if (outcome !== 'other') {
      this.#failures = 0;
      this.#downSince = undefined;
      this.#noteRate(outcome);
    }
  }

  #noteDown(): void {
    this.#downSince ??= this.#clock.now();
    this.#failures++;
    this.#probeAt = this.#clock.now() + probeMs;
  }

  #noteRate(outcome: 'ok' | 'rate'): void {
    this.#recent = [...this.#recent.slice(1 - windowSize), outcome];
    this.#refusedInARow = outcome === 'ok' ? 0 : this.#refusedInARow + 1;
    if (outcome === 'ok') this.#limit += growth;
    const refused = this.#recent.filter((one) => one === 'rate').length;
    if (this.#recent.length < windowSize || refused < tooManyRefused) return;
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#inFlight + 1) / 2));
    this.#recent = [];
  }
}
