import type { CliHost } from './cli-host.ts';

/** How long a run may take to end by itself after Ctrl-C: the process must be gone within 2 s. */
const graceMs = 1400;

/** The first Ctrl-C aborts `signal` and starts the grace period, the second ends the process. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #stop: () => void;
  readonly #timeout: Promise<undefined>;
  #timer: NodeJS.Timeout | undefined;
  #expire: () => void = () => undefined;

  constructor(host: Pick<CliHost, 'onInterrupt' | 'exit'>) {
    this.#timeout = new Promise((resolve) => {
      this.#expire = () => resolve(undefined);
    });
    this.#stop = host.onInterrupt(() => {
      if (this.signal.aborted) return host.exit(130);
      this.#timer = setTimeout(this.#expire, graceMs);
      this.#controller.abort();
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** @returns the value, or `undefined` when it does not come within the grace period. */
  within<T>(value: Promise<T>): Promise<T | undefined> {
    return Promise.race([value, this.#timeout]);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#stop();
  }
}
