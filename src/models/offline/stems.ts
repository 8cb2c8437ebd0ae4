import { thingAskedFor } from '../../search/asked-thing.ts';
import { stem } from '../../search/stem.ts';
import { subWordsOf } from '../../search/vocabulary.ts';

const stopWords = new Set(
  `a an and any are as at be been but by can could did do does for from had has have how i if in into is it its me my no not of on
  or our should so that the their them then there these they this those to us was we were what when where which who whom whose why
  will with would you your please explain describe tell show about between during after before through`.split(/\s+/),
);

/** Stemmed words, identifiers split into their parts. */
export const wordsOf = (text: string): readonly string[] =>
  subWordsOf(text).flatMap((part) => (part.length < 2 ? [] : [stem(part.toLowerCase())]));

/** What a question asks about: its words without those that every question has. */
export function stemsOf(question: string): readonly string[] {
  const words = subWordsOf(thingAskedFor(question)).filter(
    (part) => part.length > 1 && !stopWords.has(part.toLowerCase()),
  );
  return [...new Set(words.map((part) => stem(part.toLowerCase())))];
}
