import type { FileKind } from './file-kind.ts';

/** What a line is, kept with each of its words. */
export const lineKind = { code: 0, comment: 1, definition: 2, docstring: 3 } as const;

/** Words of a passage: `token >> 2` is the word, `token & 3` the kind of its line. */
export const tokenOf = (word: number, kind: number): number => (word << 2) | kind;

/** Numbers of each passage in `FileWords.passages`: its first and last line (from 1), its first token and the one after its last. */
export const passageStride = 4;

/** One file, read once for searching. Numbers are a `Vocabulary`'s words. */
export interface FileWords {
  readonly path: string;
  readonly kind: FileKind;
  readonly tokens: Int32Array;
  readonly passages: Int32Array;
  /** Names that tell what a passage is about, defined in it or around it: `names[nameStarts[p] … nameStarts[p + 1])`. */
  readonly names: Int32Array;
  readonly nameStarts: Int32Array;
  /** What the file defines, without variables: word and line, one after the other. */
  readonly definitions: Int32Array;
  readonly pathWords: Int32Array;
}

/** Ascending numbers that are collected without an object each. */
export class Numbers {
  #array = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#array.length) {
      const larger = new Int32Array(this.length * 2);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[this.length++] = value;
  }

  at(index: number): number {
    return this.#array[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.#array[index] = value;
  }

  clear(): void {
    this.length = 0;
  }

  taken(): Int32Array {
    return this.#array.slice(0, this.length);
  }
}
