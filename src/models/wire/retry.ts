export interface RetryPolicy {
  /** Attempts in all, the first one included. */
  readonly maxAttempts: number;
  /** The same for a server that limits the rate: it is sound, and waiting helps. */
  readonly maxRateLimited: number;
  /** A retry that would begin later than this after the first attempt began is not made. */
  readonly windowMs: number;
}

export const defaultRetryPolicy: RetryPolicy = { maxAttempts: 5, maxRateLimited: 12, windowMs: 120_000 };

const firstBackoffMs = 500;
const longestBackoffMs = 20_000;

/**
 * Milliseconds to wait after failed attempt number `attempt` (from 1). What the server asked for is kept, with up to a
 * tenth more so that many callers do not come back at once; otherwise, and where it asked for no time at all, half to all of a
 * doubling backoff: attempts are not used up within a moment.
 */
export function backoffMs(attempt: number, retryAfterMs: number | undefined, random: () => number): number {
  if (retryAfterMs !== undefined && retryAfterMs > 0) return Math.round(retryAfterMs * (1 + random() / 10));
  const ceiling = Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** Reads `retry-after-ms` (milliseconds) or `retry-after` (seconds or an HTTP date); `undefined` when absent or nonsense. */
export function retryAfterMs(header: (name: string) => string | null, now: number): number | undefined {
  const exact = number(header('retry-after-ms'));
  if (exact !== undefined) return exact;
  const value = header('retry-after');
  const seconds = number(value);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(value ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(value: string | null): number | undefined {
  return value !== null && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}
