import type { Counts } from './count-slots.ts';
import type { Question } from './question.ts';
import type { Slots } from './slots.ts';
import { fifths, type WordIndex } from './word-index.ts';

/** Okapi BM25's usual constants. https://doi.org/10.1561/1500000019 */
const k1 = 1.2;
const b = 0.75;

const exactWeight = 2;
const pairWeight = 0.5;
const repeatWeight = 0.5;
const pathInPassage = 1;
const pathInFile = 3;

/** What each slot is worth, by how few passages and how few files have it. */
export interface Weights {
  readonly passage: Float64Array;
  readonly file: Float64Array;
}

export function slotWeights(index: WordIndex, question: Question, slots: Slots, { passages, cells }: Counts): Weights {
  const havePassages = new Int32Array(slots.count);
  const haveFiles = new Int32Array(slots.count);
  const lastFile = new Int32Array(slots.count).fill(-1);
  for (let row = 0; row < passages.length; row++) {
    const file = index.fileOfPassage[passages[row] ?? 0] ?? 0;
    for (let slot = 0; slot < slots.count; slot++) {
      if (cells[row * slots.count + slot] === 0) continue;
      havePassages[slot] = (havePassages[slot] ?? 0) + 1;
      if (lastFile[slot] === file) continue;
      lastFile[slot] = file;
      haveFiles[slot] = (haveFiles[slot] ?? 0) + 1;
    }
  }
  const wanted = (slot: number): number => {
    if (slot >= slots.terms.length) return pairWeight;
    if (slot >= slots.termCount) return exactWeight;
    const term = slots.terms[slot] ?? -1;
    return (question.asCode.has(term) ? exactWeight : 1) + repeatWeight * Math.log(question.terms.get(term) ?? 1);
  };
  const weigh = (having: Int32Array, all: number) =>
    Float64Array.from(having, (n, slot) => wanted(slot) * Math.log(1 + (all - n + 0.5) / (n + 0.5)));
  return { passage: weigh(havePassages, index.fileOfPassage.length), file: weigh(haveFiles, index.files.length) };
}

const saturate = (count: number, scale: number): number => (count * (k1 + 1)) / (count + scale);

/** By row of `counts`. */
export function scorePassages(
  index: WordIndex,
  slots: Slots,
  { passages, cells }: Counts,
  inPath: ReadonlyMap<number, readonly number[]>,
  weights: Float64Array,
): Float64Array {
  const scores = new Float64Array(passages.length);
  const average = index.totalLength / Math.max(1, index.fileOfPassage.length);
  const none: readonly number[] = [];
  const pathCounts = new Float64Array(slots.count);
  for (let row = 0; row < passages.length; row++) {
    const passage = passages[row] ?? 0;
    const scale = k1 * (1 - b + (b * (index.passageLength[passage] ?? 0)) / average);
    const path = inPath.get(index.fileOfPassage[passage] ?? 0) ?? none;
    for (const slot of path) pathCounts[slot] = pathInPassage;
    let score = 0;
    for (let slot = 0; slot < slots.count; slot++) {
      const count = (cells[row * slots.count + slot] ?? 0) / fifths + (pathCounts[slot] ?? 0);
      if (count > 0) score += (weights[slot] ?? 0) * saturate(count, scale);
    }
    for (const slot of path) pathCounts[slot] = 0;
    scores[row] = score;
  }
  return scores;
}

/** A file taken as one text. @param rows those of its passages. */
export function scoreWholeFile(
  index: WordIndex,
  slots: Slots,
  { cells }: Counts,
  weights: Float64Array,
  file: number,
  rows: readonly number[],
  path: readonly number[],
): number {
  const from = index.firstPassage[file] ?? 0;
  const to = index.firstPassage[file + 1] ?? 0;
  let length = 0;
  for (let passage = from; passage < to; passage++) length += index.passageLength[passage] ?? 0;
  const scale = k1 * (1 - b + (b * length * index.files.length) / Math.max(1, index.totalLength));
  let score = 0;
  for (let slot = 0; slot < slots.count; slot++) {
    let count = 0;
    for (const row of rows) count += cells[row * slots.count + slot] ?? 0;
    const all = count / fifths + pathInFile * path.filter((one) => one === slot).length;
    if (all > 0) score += (weights[slot] ?? 0) * saturate(all, scale);
  }
  return score;
}
