import { passageStride } from './file-words.ts';
import type { Question } from './question.ts';
import { inOrder, type ScoredFile } from './score.ts';
import { maxDefiners, type WordIndex } from './word-index.ts';

/** How far the best files lift those whose names they use. */
const hop = { from: 10, share: 0.2, cap: 2 } as const;
/** The second hop leaves the very best where they are, and is for questions that span a system. */
const reach = { from: 5, keep: 4, minWords: 12, share: 0.2, useShare: 0.1 } as const;

/** A gain is told as a reason from this share of what the file is worth by itself on. */
const toldShare = 0.15;

/**
 * One hop along names: a file that defines what the best passages of the best files use gains by how good those are, since
 * the answer to a question often stands where the words of the question lead, and not where they stand.
 */
export function followNames(index: WordIndex, ranked: readonly ScoredFile[]): readonly ScoredFile[] {
  const top = ranked[0]?.score ?? 0;
  const gains = new Gains();
  for (const one of ranked.slice(0, hop.from))
    for (const [file, names] of definersOf(index, one.file, usedNames(index, one, 1)))
      gains.add(file, (one.score * names) / (names + 1), one.file);
  return gains.applied(index, ranked, (gain) => hop.share * Math.min(gain, hop.cap * top));
}

/**
 * Below the first few places: long questions reach what the best files use anywhere (what they import, most of all), and
 * all questions reach who uses the names that they are about.
 */
export function reachFurther(
  index: WordIndex,
  question: Question,
  ranked: readonly ScoredFile[],
): readonly ScoredFile[] {
  const best = ranked.slice(0, reach.from);
  const top = ranked[0]?.score ?? 0;
  const gains = new Gains();
  if (question.terms.size >= reach.minWords)
    for (const one of best)
      for (const [file, names] of definersOf(index, one.file, usedNames(index, one, Number.POSITIVE_INFINITY)))
        gains.add(file, (reach.share * (one.score / top) * names) / (names + 1), one.file);
  for (const [file, worth] of users(index, focus(index, question, best)))
    gains.add(file, (reach.useShare * worth) / (worth + 1), best[0]?.file ?? -1);
  const rest = gains.applied(index, ranked.slice(reach.keep), (gain) => gain * top);
  return [...ranked.slice(0, reach.keep), ...rest];
}

class Gains {
  readonly #gains = new Map<number, { gain: number; most: number; via: number }>();

  add(file: number, gain: number, via: number): void {
    const known = this.#gains.get(file);
    if (known === undefined) this.#gains.set(file, { gain, most: gain, via });
    else {
      known.gain += gain;
      if (gain > known.most) Object.assign(known, { most: gain, via });
    }
  }

  applied(index: WordIndex, ranked: readonly ScoredFile[], worth: (gain: number) => number): readonly ScoredFile[] {
    const raised = ranked.map((one) => {
      const known = this.#gains.get(one.file);
      if (known === undefined) return one;
      const gain = worth(known.gain);
      return { ...one, score: one.score + gain, via: gain > one.score * toldShare ? known.via : one.via };
    });
    return inOrder(index, raised);
  }
}

/** Terms of the identifiers in a file's best passages. */
function usedNames(index: WordIndex, one: ScoredFile, passages: number): ReadonlySet<number> {
  const names = new Set<number>();
  const file = index.files[one.file];
  if (file === undefined) return names;
  const { exact } = index.vocabulary;
  const first = index.firstPassage[one.file] ?? 0;
  const all = Number.isFinite(passages)
    ? one.passages.slice(0, passages).map(({ passage }) => passage - first)
    : Array.from({ length: file.passages.length / passageStride }, (_, at) => at);
  for (const passage of all) {
    const end = file.passages[passage * passageStride + 3] ?? 0;
    for (let at = file.passages[passage * passageStride + 2] ?? 0; at < end; at++) {
      const name = exact[(file.tokens[at] ?? 0) >> 2] ?? -1;
      if (name >= 0) names.add(name);
    }
  }
  return names;
}

/** Other files → how many of the names they define; a name with two definers counts half for each. */
function definersOf(index: WordIndex, user: number, names: ReadonlySet<number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const name of names) {
    const definers = index.definers.get(name) ?? [];
    if (definers.length > maxDefiners) continue;
    for (const file of definers) if (file !== user) found.set(file, (found.get(file) ?? 0) + 1 / definers.length);
  }
  return found;
}

/** The identifiers that a question is about: those it writes out, and those defined in the best passages that share a word with it. */
function focus(index: WordIndex, question: Question, best: readonly ScoredFile[]): ReadonlySet<number> {
  const { exact, parts, partStarts } = index.vocabulary;
  const names = new Set(question.exact);
  for (const { file, passages } of best) {
    const { definitions, passages: bounds } = index.files[file] ?? { definitions: [], passages: [] };
    const at = ((passages[0]?.passage ?? -1) - (index.firstPassage[file] ?? 0)) * passageStride;
    for (let one = 0; at >= 0 && one < definitions.length; one += 2) {
      const word = definitions[one] ?? 0;
      const line = definitions[one + 1] ?? 0;
      const name = exact[word] ?? -1;
      if (name < 0 || line < (bounds[at] ?? 0) || line > (bounds[at + 1] ?? 0)) continue;
      const shared = parts.subarray(partStarts[word], partStarts[word + 1]).some((part) => question.terms.has(part));
      if (shared) names.add(name);
    }
  }
  return names;
}

/** Files → how much of these names they have: 1 for a name that is theirs alone, less for common ones. */
function users(index: WordIndex, names: ReadonlySet<number>): ReadonlyMap<number, number> {
  const worth = new Map<number, number>();
  const all = index.files.length;
  for (const name of names) {
    const files = new Set<number>();
    for (let at = index.postingStarts[name] ?? 0; at < (index.postingStarts[name + 1] ?? 0); at++)
      files.add(index.fileOfPassage[index.postings[at] ?? 0] ?? 0);
    const rarity = Math.log(1 + (all - files.size + 0.5) / (files.size + 0.5)) / Math.log(1 + all);
    for (const file of files) worth.set(file, (worth.get(file) ?? 0) + rarity);
  }
  return worth;
}
