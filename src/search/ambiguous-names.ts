import type { AmbiguousName } from './code-search.ts';
import type { WordIndex } from './word-index.ts';

/** Of a question that pastes code, the first ones are enough. */
const maxNames = 4;

/** Those of the names that more than one file defines, in their order. */
export function ambiguousNames({ vocabulary, files }: WordIndex, names: readonly string[]): readonly AmbiguousName[] {
  const counts = new Map<number, AmbiguousName>();
  for (const name of names.slice(0, maxNames)) {
    const word = vocabulary.knownWord(name);
    if (word !== undefined) counts.set(word, { name, files: 0 });
  }
  if (counts.size === 0) return [];
  for (const { definitions } of files) {
    const here = new Set<number>();
    for (let at = 0; at < definitions.length; at += 2) here.add(definitions[at] ?? -1);
    for (const [word, { name, files: before }] of counts)
      if (here.has(word)) counts.set(word, { name, files: before + 1 });
  }
  return [...counts.values()].filter(({ files: defining }) => defining > 1);
}
