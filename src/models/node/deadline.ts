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
