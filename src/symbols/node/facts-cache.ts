import { type FileFacts, sizeOf } from '../facts.ts';

/** What was read of files, by key; what was not asked for longest goes first when there is too much. */
export class FactsCache {
  readonly #facts = new Map<string, FileFacts>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(key: string): FileFacts | undefined {
    const facts = this.#facts.get(key);
    if (facts === undefined) return undefined;
    this.#facts.delete(key);
    this.#facts.set(key, facts);
    return facts;
  }

  set(key: string, facts: FileFacts): void {
    this.#facts.set(key, facts);
    this.#bytes += sizeOf(facts);
    for (const [oldest, old] of this.#facts) {
      if (this.#bytes <= this.#maxBytes || oldest === key) break;
      this.#facts.delete(oldest);
      this.#bytes -= sizeOf(old);
    }
  }
}
