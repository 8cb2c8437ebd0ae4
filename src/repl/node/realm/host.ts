/**
 * All that the realm gets from outside: functions without a prototype (so `.constructor` leads nowhere) that take and
 * return primitives, or fill a buffer made inside the realm. They never throw.
 */
export interface RealmHost {
  now(): number;
  random(into: Uint8Array): void;
  decode(bytes: Uint8Array): string;
  /** What a raw file descriptor 1 or 2 was sent (not what Python prints in a cell). Bounded by the caller. */
  stdio(text: string): void;
  stdlibLength(): number;
  stdlib(into: Uint8Array): void;
  corpusLength(): number;
  /** Fills `into` with the corpus from `position`; the caller keeps it in range. `false`: it cannot be read. */
  corpus(into: Uint8Array, position: number): boolean;
  /** Hands a request over, blocks until it is answered, and returns the reply's length; −1: not a request. */
  request(frame: Uint8Array): number;
  reply(into: Uint8Array, from: number): void;
  /** Takes the pending signal: 2 (SIGINT) when the host wants an interrupt, and 0 from then on. */
  takeSignal(): number;
  /** Bytes of wasm memory the snapshot needs; 0 without one. */
  snapshotLength(): number;
  snapshot(into: Uint8Array): void;
}

export interface RealmLimits {
  readonly memoryBytes: number;
  readonly fileBytes: number;
  readonly inodes: number;
  readonly stdioChars: number;
}

/** The interpreter as the worker sees it. `run` throws what ends the instance (trap, abort, exit): discard it then. */
export interface SealedInterpreter {
  run(source: string): number;
  /** The denied import that was called, or ''. */
  violation(): string;
  heap(): Uint8Array;
}
