/** Calls back once after `ms` of running time; pauses do not count. Starts running. */
export class PausableTimer {
  #left: number;
  #started = 0;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  readonly #onExpire: () => void;

  constructor(ms: number, onExpire: () => void) {
    this.#left = ms;
    this.#onExpire = onExpire;
    this.resume();
  }

  pause(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#left -= performance.now() - this.#started;
  }

  resume(): void {
    if (this.#timer || this.#stopped) return;
    this.#started = performance.now();
    // setTimeout turns more than 2^31−1 into 1.
    this.#timer = setTimeout(this.#onExpire, Math.min(Math.max(0, this.#left), 2 ** 31 - 1));
  }

  /** For good. */
  stop(): void {
    this.pause();
    this.#stopped = true;
  }
}
