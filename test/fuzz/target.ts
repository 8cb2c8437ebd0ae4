/** Something that reads what others wrote. */
export interface FuzzTarget {
  readonly name: string;
  /** What inputs are made from. */
  readonly seeds: readonly string[];
  /** Pieces that mean something to it. */
  readonly words: readonly string[];
  /** Reads an input. @throws when what it promises does not hold. */
  readonly check: (input: string) => void | Promise<void>;
  /** Milliseconds of processor time that an input may take, whatever its size, and for each of its characters. */
  readonly allowedMs?: { readonly flat: number; readonly perChar: number };
}

/** @throws when it does not hold. */
export function hold(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken: ${promise}`);
}
