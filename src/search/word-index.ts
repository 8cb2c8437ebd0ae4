import { type FileWords, lineKind, passageStride } from './file-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Occurrences are counted in fifths, so that a byte holds them: code 1, comments 0.8, definitions 2. */
export const fifths = 5;
const weightOf = Uint8Array.from({ length: 4 }, (_, kind) => {
  if (kind === lineKind.definition) return 10;
  return kind === lineKind.code ? 5 : 4;
});
const nameWeight = 5;

/** Which passages have which terms, over some files. Immutable. */
export interface WordIndex {
  readonly vocabulary: Vocabulary;
  readonly files: readonly FileWords[];
  /** Passages are numbered through all files: those of file `f` are `firstPassage[f] … firstPassage[f + 1])`. */
  readonly firstPassage: Int32Array;
  readonly fileOfPassage: Int32Array;
  /** Sub-words in each passage, and in all. */
  readonly passageLength: Int32Array;
  readonly totalLength: number;
  /** Postings of term `t` are `postingStarts[t] … postingStarts[t + 1])`; terms made later have none. */
  readonly postingStarts: Int32Array;
  readonly postings: Int32Array;
  /** In fifths; 255 and more are 255. */
  readonly weights: Uint8Array;
  /** Exact identifier → non-test files that define it, as far as there are few. */
  readonly definers: ReadonlyMap<number, readonly number[]>;
}

/** Names that more files define say nothing about which is meant. */
export const maxDefiners = 2;

export function buildIndex(vocabulary: Vocabulary, files: readonly FileWords[]): WordIndex {
  const firstPassage = new Int32Array(files.length + 1);
  files.forEach((file, at) => {
    firstPassage[at + 1] = (firstPassage[at] ?? 0) + file.passages.length / passageStride;
  });
  const passageCount = firstPassage[files.length] ?? 0;
  const fileOfPassage = new Int32Array(passageCount);
  files.forEach((_, at) => {
    fileOfPassage.fill(at, firstPassage[at], firstPassage[at + 1]);
  });
  const counted = countTerms(vocabulary, files, passageCount);
  return {
    vocabulary,
    files,
    firstPassage,
    fileOfPassage,
    ...counted,
    definers: definersOf(vocabulary, files),
  };
}

type Counted = Pick<WordIndex, 'passageLength' | 'totalLength' | 'postingStarts' | 'postings' | 'weights'>;

/** Counts every passage twice: for how many there are of each term, then to fill them in. */
function countTerms(vocabulary: Vocabulary, files: readonly FileWords[], passageCount: number): Counted {
  const terms = vocabulary.termCount;
  const counter = new PassageCounter(vocabulary);
  const passageLength = new Int32Array(passageCount);
  const cursor = new Int32Array(terms + 1);
  let totalLength = 0;
  let passage = 0;
  for (const file of files)
    for (let at = 0; at * passageStride < file.passages.length; at++) {
      counter.count(file, at);
      passageLength[passage++] = counter.length;
      totalLength += counter.length;
      for (let one = 0; one < counter.touchedCount; one++) {
        const term = counter.touched[one] ?? 0;
        cursor[term + 1] = (cursor[term + 1] ?? 0) + 1;
      }
      counter.clear();
    }
  for (let term = 0; term < terms; term++) cursor[term + 1] = (cursor[term + 1] ?? 0) + (cursor[term] ?? 0);
  const postingStarts = cursor.slice();
  const postings = new Int32Array(postingStarts[terms] ?? 0);
  const weights = new Uint8Array(postings.length);
  passage = 0;
  for (const file of files)
    for (let at = 0; at * passageStride < file.passages.length; at++) {
      counter.count(file, at);
      for (let one = 0; one < counter.touchedCount; one++) {
        const term = counter.touched[one] ?? 0;
        const place = cursor[term] ?? 0;
        cursor[term] = place + 1;
        postings[place] = passage;
        weights[place] = Math.min(255, counter.weights[term] ?? 0);
      }
      passage++;
      counter.clear();
    }
  return { passageLength, totalLength, postingStarts, postings, weights };
}

/** Adds up what one passage says. */
class PassageCounter {
  readonly weights: Int32Array;
  readonly touched: Int32Array;
  touchedCount = 0;
  /** Sub-words. */
  length = 0;
  readonly #vocabulary: Vocabulary;

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.weights = new Int32Array(vocabulary.termCount);
    this.touched = new Int32Array(vocabulary.termCount);
  }

  count({ tokens, passages, names, nameStarts }: FileWords, passage: number): void {
    const { partStarts, parts, exact } = this.#vocabulary;
    const end = passages[passage * passageStride + 3] ?? 0;
    let length = 0;
    for (let at = passages[passage * passageStride + 2] ?? 0; at < end; at++) {
      const token = tokens[at] ?? 0;
      const weight = weightOf[token & 3] ?? 0;
      const word = token >> 2;
      const to = partStarts[word + 1] ?? 0;
      for (let part = partStarts[word] ?? 0; part < to; part++) {
        this.#add(parts[part] ?? 0, weight);
        length++;
      }
      const whole = exact[word] ?? -1;
      if (whole >= 0) this.#add(whole, weight);
    }
    for (let at = nameStarts[passage] ?? 0; at < (nameStarts[passage + 1] ?? 0); at++) {
      const word = names[at] ?? 0;
      for (let part = partStarts[word] ?? 0; part < (partStarts[word + 1] ?? 0); part++)
        this.#add(parts[part] ?? 0, nameWeight);
    }
    this.length = length;
  }

  clear(): void {
    for (let at = 0; at < this.touchedCount; at++) this.weights[this.touched[at] ?? 0] = 0;
    this.touchedCount = 0;
  }

  #add(term: number, weight: number): void {
    const before = this.weights[term] ?? 0;
    if (before === 0) this.touched[this.touchedCount++] = term;
    this.weights[term] = before + weight;
  }
}

function definersOf(vocabulary: Vocabulary, files: readonly FileWords[]): ReadonlyMap<number, readonly number[]> {
  const definers = new Map<number, number[]>();
  files.forEach(({ definitions, kind }, file) => {
    if (kind.isTest || kind.isDoc || kind.isData) return;
    for (let at = 0; at < definitions.length; at += 2) {
      const term = vocabulary.exact[definitions[at] ?? 0] ?? -1;
      if (term < 0) continue;
      const known = definers.get(term);
      if (known === undefined) definers.set(term, [file]);
      else if (known.length <= maxDefiners && known.at(-1) !== file) known.push(file);
    }
  });
  return definers;
}
