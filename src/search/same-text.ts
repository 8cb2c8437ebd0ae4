import { passageStride } from './file-words.ts';
import type { WordIndex } from './word-index.ts';

/** Below this many words, alike is no sign of a copy. */
const minWords = 24;
/** Of their words, taken with how often they occur. */
const samePassage = 0.95;
/** Of the files around them: a licence and imports are the same in files that have nothing else in common. */
const sameFile = 0.9;

/** Whether two passages say nearly the same in nearly the same file: copies, samples that differ in a name. */
export function sameText(index: WordIndex, one: number, other: number): boolean {
  return (
    alike(tokensOf(index, one), tokensOf(index, other), samePassage) &&
    alike(fileTokensOf(index, one), fileTokensOf(index, other), sameFile)
  );
}

function alike(a: Int32Array, b: Int32Array, share: number): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (shorter.length < minWords || shorter.length < longer.length * share) return false;
  const counts = new Map<number, number>();
  for (const token of longer) counts.set(token >> 2, (counts.get(token >> 2) ?? 0) + 1);
  let shared = 0;
  for (const token of shorter) {
    const left = counts.get(token >> 2) ?? 0;
    if (left === 0) continue;
    counts.set(token >> 2, left - 1);
    shared++;
  }
  return shared >= longer.length * share;
}

const fileTokensOf = ({ files, fileOfPassage }: WordIndex, passage: number): Int32Array =>
  files[fileOfPassage[passage] ?? -1]?.tokens ?? new Int32Array();

function tokensOf(index: WordIndex, passage: number): Int32Array {
  const file = index.fileOfPassage[passage] ?? -1;
  const words = index.files[file];
  if (words === undefined) return new Int32Array();
  const at = (passage - (index.firstPassage[file] ?? 0)) * passageStride;
  return words.tokens.subarray(words.passages[at + 2], words.passages[at + 3]);
}
