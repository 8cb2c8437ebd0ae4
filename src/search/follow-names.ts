import type { ScoredFile } from './score.ts';
import { pathOf } from './score.ts';
import { maxDefiners, type WordIndex } from './word-index.ts';

const followedFiles = 10;
const share = 0.2;
const cap = 2;

/**
 * One hop along names: a file that defines what the best passages of the best files use gains by how good those are, since
 * the answer to a question often stands where the words of the question lead, and not where they stand.
 */
export function followNames(index: WordIndex, ranked: readonly ScoredFile[]): readonly ScoredFile[] {
  const top = ranked[0]?.score ?? 0;
  const gains = new Map<number, number>();
  for (const one of ranked.slice(0, followedFiles))
    for (const [file, names] of definersOfUsed(index, one))
      gains.set(file, (gains.get(file) ?? 0) + (one.score * names) / (names + 1));
  return ranked
    .map((one) => {
      const gain = gains.get(one.file);
      return gain === undefined ? one : { ...one, score: one.score + share * Math.min(gain, cap * top) };
    })
    .toSorted((x, y) => y.score - x.score || (pathOf(index, x) < pathOf(index, y) ? -1 : 1));
}

/** Other files → how many of the names used in this one's best passage they define; a name with two definers counts half. */
function definersOfUsed(index: WordIndex, one: ScoredFile): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const best = one.passages[0]?.passage;
  const file = index.files[one.file];
  if (best === undefined || file === undefined) return found;
  const offset = (best - (index.firstPassage[one.file] ?? 0)) * 4;
  const seen = new Set<number>();
  for (let at = file.passages[offset + 2] ?? 0; at < (file.passages[offset + 3] ?? 0); at++) {
    const name = index.vocabulary.exact[(file.tokens[at] ?? 0) >> 2] ?? -1;
    if (name < 0 || seen.has(name)) continue;
    seen.add(name);
    const definers = index.definers.get(name) ?? [];
    if (definers.length > maxDefiners) continue;
    for (const definer of definers)
      if (definer !== one.file) found.set(definer, (found.get(definer) ?? 0) + 1 / definers.length);
  }
  return found;
}
