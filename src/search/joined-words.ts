import { stem } from './stem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Shorter ones are words of their own by chance. */
const minChars = 6;

/** Neighbours in a text that code writes as one word: of “times out”, the term of `timeout` and how it is written. */
export function joinedWords(text: string, vocabulary: Vocabulary): readonly (readonly [term: number, as: string])[] {
  const words = [...text.toLowerCase().matchAll(/\p{Ll}{2,}/gu)];
  return words.flatMap(({ 0: first, index }, at) => {
    const second = words[at + 1];
    if (second === undefined || !/^[ -]$/.test(text.slice(index + first.length, second.index))) return [];
    const as = `${stem(first)}${second[0]}`;
    const term = as.length < minChars ? undefined : vocabulary.term(stem(as));
    return term === undefined ? [] : [[term, as] as const];
  });
}
