import { passageStride } from './file-words.ts';
import type { WordIndex } from './word-index.ts';

/** Below this many words, alike is no sign of a copy. */
const minWords = 24;
/** Of their words, taken with how often they occur. */
const sameShare = 0.95;

/** Whether two passages say nearly the same: copies of a file, samples that differ in a name. */
export function sameText(index: WordIndex, one: number, other: number): boolean {
  const [a, b] = [tokensOf(index, one), tokensOf(index, other)];
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (shorter.length < minWords || shorter.length < longer.length * sameShare) return false;
  const counts = new Map<number, number>();
  for (const token of longer) counts.set(token >> 2, (counts.get(token >> 2) ?? 0) + 1);
  let shared = 0;
  for (const token of shorter) {
    const left = counts.get(token >> 2) ?? 0;
    if (left === 0) continue;
    counts.set(token >> 2, left - 1);
    shared++;
  }
  return shared >= longer.length * sameShare;
}

function tokensOf(index: WordIndex, passage: number): Int32Array {
  const file = index.fileOfPassage[passage] ?? -1;
  const words = index.files[file];
  if (words === undefined) return new Int32Array();
  const at = (passage - (index.firstPassage[file] ?? 0)) * passageStride;
  return words.tokens.subarray(words.passages[at + 2], words.passages[at + 3]);
}
