import { stem } from './stem.ts';

/** Longer runs of word characters are data: hashes, base64, minified code. */
export const maxWordChars = 64;

const subWord = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d{2,8}|[\p{Lo}\p{Lm}]/gu;

/** `parseHTTPHeader_v2` → parse, HTTP, Header: the words of an identifier, as they are written. */
export const subWordsOf = (identifier: string): readonly string[] => identifier.match(subWord) ?? [];

/** The term of a whole identifier, which is matched as it is written. */
export const exactTerm = (identifier: string): string => `=${identifier.replace(/^_+|_+$/g, '')}`;

/** Whether an identifier names something by itself: compound, or capitalised. */
const isDistinct = (identifier: string, parts: readonly string[]): boolean =>
  parts.length > 1 || /^[A-Z][a-z]{2,}$/.test(identifier);

/** Definition keywords have the first ids, so that a comparison tells whether a word is one. */
const definitionWords = (
  'class def function func fun fn struct enum union trait interface impl type mod namespace module macro_rules record ' +
  'object package protocol extension const let var val cdef cpdef define defmodule defp sub proc procedure message service'
).split(' ');

export const definitionWordCount = definitionWords.length;

/**
 * Every identifier of a workspace as a number, and the terms (stemmed sub-words; the identifier itself) it stands for.
 * Grows only, so that what was read with it stays valid. Words are found by their characters, without making a string.
 */
export class Vocabulary {
  readonly #terms = new Map<string, number>();
  #slots = new Int32Array(1 << 14).fill(-1);
  #hashes = new Int32Array(1 << 13);
  /** Where each word's characters start in `#characters`, and one more. */
  #starts = new Int32Array((1 << 13) + 1);
  #characters = new Uint16Array(1 << 16);
  /** Where each word's terms start in `#parts`, and one more. */
  #partStarts = new Int32Array((1 << 13) + 1);
  #parts = new Int32Array(1 << 14);
  #exact = new Int32Array(1 << 13);
  #words = 0;

  constructor() {
    for (const word of definitionWords) this.wordOf(word);
  }

  /** Terms are numbered from 0 to below this. */
  get termCount(): number {
    return this.#terms.size;
  }

  /** Where each word's terms start in `parts`, and one more. Valid until the next `word` call. */
  get partStarts(): Int32Array {
    return this.#partStarts;
  }

  get parts(): Int32Array {
    return this.#parts;
  }

  /** By word: the term of the whole identifier, or -1. */
  get exact(): Int32Array {
    return this.#exact;
  }

  get bytes(): number {
    const arrays = [this.#slots, this.#hashes, this.#starts, this.#characters, this.#partStarts, this.#parts];
    return arrays.reduce((sum, array) => sum + array.byteLength, this.#exact.byteLength) + 64 * this.#terms.size;
  }

  /** @returns the term's number, or `undefined` when no text has it. */
  term(text: string): number | undefined {
    return this.#terms.get(text);
  }

  wordOf(word: string): number {
    return this.word(word, 0, word.length, hashOf(word));
  }

  /** @returns the word's number, or `undefined` when no text has it. */
  knownWord(word: string): number | undefined {
    const found = this.#slots[this.#slotOf(word, 0, word.length, hashOf(word))] ?? -1;
    return found === -1 ? undefined : found;
  }

  /** The number of `text.slice(from, to)`. @param hash made by `hashStep` over its characters. */
  word(text: string, from: number, to: number, hash: number): number {
    const slot = this.#slotOf(text, from, to, hash);
    const known = this.#slots[slot] ?? -1;
    return known === -1 ? this.#add(text.slice(from, to), hash, slot) : known;
  }

  textOf(word: number): string {
    return String.fromCharCode(...this.#characters.subarray(this.#starts[word], this.#starts[word + 1]));
  }

  /** Where the word is, or the free slot where it would be. */
  #slotOf(text: string, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      const word = this.#slots[slot] ?? -1;
      if (word === -1 || (this.#hashes[word] === hash && this.#equals(word, text, from, to))) return slot;
    }
  }

  #equals(word: number, text: string, from: number, to: number): boolean {
    const start = this.#starts[word] ?? 0;
    if ((this.#starts[word + 1] ?? 0) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.#characters[start + at - from] !== text.charCodeAt(at)) return false;
    return true;
  }

  #add(text: string, hash: number, slot: number): number {
    const word = this.#words++;
    const subWords = subWordsOf(text);
    const start = this.#starts[word] ?? 0;
    const partStart = this.#partStarts[word] ?? 0;
    this.#reserve(word + 2, start + text.length, partStart + subWords.length);
    for (let at = 0; at < text.length; at++) this.#characters[start + at] = text.charCodeAt(at);
    this.#starts[word + 1] = start + text.length;
    let end = partStart;
    for (const part of subWords) if (isTerm(part)) this.#parts[end++] = this.#termId(stem(part.toLowerCase()));
    this.#partStarts[word + 1] = end;
    this.#exact[word] = isDistinct(text, subWords) ? this.#termId(exactTerm(text)) : -1;
    this.#hashes[word] = hash;
    this.#slots[slot] = word;
    if (this.#words * 2 > this.#slots.length) this.#rehash();
    return word;
  }

  #termId(term: string): number {
    const known = this.#terms.get(term);
    if (known !== undefined) return known;
    this.#terms.set(term, this.#terms.size);
    return this.#terms.size - 1;
  }

  #reserve(words: number, characters: number, parts: number): void {
    if (words >= this.#hashes.length) {
      this.#hashes = grown(this.#hashes, words * 2);
      this.#starts = grown(this.#starts, words * 2 + 1);
      this.#partStarts = grown(this.#partStarts, words * 2 + 1);
      this.#exact = grown(this.#exact, words * 2);
    }
    if (characters > this.#characters.length) {
      const larger = new Uint16Array(characters * 2);
      larger.set(this.#characters);
      this.#characters = larger;
    }
    if (parts > this.#parts.length) this.#parts = grown(this.#parts, parts * 2);
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let word = 0; word < this.#words; word++) {
      let slot = spread(this.#hashes[word] ?? 0) & mask;
      while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
      this.#slots[slot] = word;
    }
  }
}

export const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0;

function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
  return hash;
}

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7;

/** One letter says nothing, unless it is a word by itself as in Chinese. */
const isTerm = (part: string): boolean => part.length > 1 || part.charCodeAt(0) > 0x7f;

function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
