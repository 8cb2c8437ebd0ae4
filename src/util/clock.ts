/** Time, as a port: tests give one they can turn. */
export interface Clock {
  /** Milliseconds since the epoch, with fractions, never running backwards within a process. */
  now(): number;
  /** Calls `run` once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
}

/** A clock that also knows the turns of the event loop. */
export interface Scheduler extends Clock {
  /** Resolves in a later turn of the event loop: what waits for its turn, as arrived data does, has it first. */
  nextTurn(): Promise<void>;
}
