/** Time, as a port: tests give one they can turn. */
export interface Clock {
  /** Milliseconds since the epoch, with fractions, never running backwards within a process. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
}
