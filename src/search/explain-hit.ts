import { passageStride } from './file-words.ts';
import type { Question } from './question.ts';
import type { ScoredFile } from './score.ts';
import { slotsOf } from './slots.ts';
import type { WordIndex } from './word-index.ts';

const maxWords = 8;

/** `defines parse_args; has argument, option (5 of 7 words); path has parser`: why a passage is a hit. */
export function explainHit(
  index: WordIndex,
  question: Question,
  file: ScoredFile,
  passage: number | undefined,
): string {
  const { terms, termCount } = slotsOf(question);
  const wordsOf = (slots: readonly number[]) =>
    [...new Set(slots)].map((slot) => question.written.get(terms[slot] ?? -1) ?? '').filter((word) => word !== '');
  const slots = file.passages.find((one) => one.passage === passage)?.slots ?? [];
  const plain = wordsOf(slots.filter((slot) => slot < termCount));
  const exact = wordsOf(slots.filter((slot) => slot >= termCount));
  const path = wordsOf(file.inPath);
  const parts = [
    ...definedIn(index, file, passage),
    ...(exact.length > 0 ? [`names ${exact.join(', ')}`] : []),
    ...(plain.length > 0
      ? [`has ${listed(plain)} (${plain.length} of ${termCount + new Set(question.unknown).size} words)`]
      : []),
    ...(path.length > 0 ? [`path has ${listed(path)}`] : []),
    ...(file.via >= 0 ? [`linked by names with ${index.files[file.via]?.path ?? ''}`] : []),
  ];
  return parts.length === 0 ? 'has the required text' : parts.join('; ');
}

const listed = (words: readonly string[]): string =>
  words.length <= maxWords ? words.join(', ') : `${words.slice(0, maxWords).join(', ')}, …`;

/** The file's name that is closest to the question, when it is this passage that defines it. */
function definedIn(index: WordIndex, { file, bestName }: ScoredFile, passage: number | undefined): readonly string[] {
  const words = index.files[file];
  if (bestName < 0 || words === undefined || passage === undefined) return [];
  const at = (passage - (index.firstPassage[file] ?? 0)) * passageStride;
  for (let one = 0; one < words.definitions.length; one += 2) {
    const line = words.definitions[one + 1] ?? 0;
    const isHere = line >= (words.passages[at] ?? 0) && line <= (words.passages[at + 1] ?? 0);
    if (words.definitions[one] === bestName && isHere) return [`defines ${index.vocabulary.textOf(bestName)}`];
  }
  return [];
}
