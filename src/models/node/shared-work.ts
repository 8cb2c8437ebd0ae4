import { within } from './deadline.ts';

/** Done once for all who wait for it. Goes on as long as one of them does, and is begun anew after the last one was stopped. */
export class SharedWork {
  readonly #begin: (signal: AbortSignal) => Promise<void>;
  readonly #mostMs: number;
  #current: { readonly done: Promise<void>; readonly stop: AbortController } | undefined;
  #waiting = 0;

  /** @param mostMs longer than it takes */
  constructor(begin: (signal: AbortSignal) => Promise<void>, mostMs: number) {
    this.#begin = begin;
    this.#mostMs = mostMs;
  }

  /** Rejects as the work does, and at once when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    this.#current ??= this.#started();
    const { done, stop } = this.#current;
    this.#waiting++;
    try {
      await within(done, this.#mostMs, signal);
    } finally {
      this.#waiting--;
      if (signal.aborted && this.#waiting === 0) {
        stop.abort(signal.reason);
        this.#current = undefined;
      }
    }
  }

  #started() {
    const stop = new AbortController();
    return { done: this.#begin(stop.signal), stop };
  }
}
