/** Nothing came within the time allowed. */
export class TimedOut extends Error {
  readonly ms: number;

  constructor(ms: number) {
    super(`nothing came within ${ms} ms`);
    this.ms = ms;
  }
}

/**
 * Settles as `work` does, but rejects at once when the signal aborts (with its reason) or `ms` pass (TimedOut). Work
 * that lost goes on unobserved: stop it by other means.
 */
export function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => reject(new TimedOut(ms))), ms);
    const abort = (): void => settle(() => reject(signal.reason));
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      outcome();
    };
    work.then(
      (value) => settle(() => resolve(value)),
      (error) => settle(() => reject(error)),
    );
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/**
 * Waits that follow one another, each bounded as by `within`, with one timer and one listener for all: a reply comes in
 * thousands of pieces.
 */
export class BoundedWaits {
  readonly #signal: AbortSignal;
  readonly #unblock: () => void;
  readonly #abort = () => this.#giveUp(this.#signal.reason);
  #timer: NodeJS.Timeout | undefined;
  #ms = 0;
  #waiting = false;
  #lost: { readonly reason: unknown } | undefined;

  /** @param unblock makes what is waited for settle, no matter how; called once, when the wait for it is lost. */
  constructor(signal: AbortSignal, unblock: () => void) {
    this.#signal = signal;
    this.#unblock = unblock;
    signal.addEventListener('abort', this.#abort, { once: true });
    if (signal.aborted) this.#abort();
  }

  /** As `work`, or rejects as `within` does. */
  async until<T>(work: Promise<T>, ms: number): Promise<T> {
    this.#arm(ms);
    this.#waiting = true;
    try {
      const value = await work;
      if (this.#lost === undefined) return value;
    } catch (error) {
      if (this.#lost === undefined) throw error;
    } finally {
      this.#waiting = false;
    }
    throw this.#lost.reason;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#signal.removeEventListener('abort', this.#abort);
  }

  #arm(ms: number): void {
    if (ms === this.#ms) return void this.#timer?.refresh();
    clearTimeout(this.#timer);
    this.#ms = ms;
    this.#timer = setTimeout(() => this.#waiting && this.#giveUp(new TimedOut(ms)), ms);
  }

  #giveUp(reason: unknown): void {
    if (this.#lost !== undefined) return;
    this.#lost = { reason };
    this.#unblock();
  }
}
