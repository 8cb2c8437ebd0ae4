import type { Chance } from '../faults/chance.ts';
import type { FuzzTarget } from './target.ts';

const odd = [
  '\0',
  '\n',
  '\r\n',
  '\r',
  '\t',
  ' ',
  '\\',
  '"',
  "'",
  '`',
  '\ud800',
  '\udc00',
  '\ufeff',
  '\u202e',
  '\u2028',
  '🙂',
  'ü',
  '\u001b[2J',
];
const numbers = ['0', '-1', '1', '1e999', '9007199254740993', '00', '0x10', '.5', '999999999'];
const maxChars = 200_000;
const shrinkMs = 5000;

/** An input like one of the corpus, changed in a few places; sometimes with a piece of it many times over. */
export function mutate(chance: Chance, { words }: FuzzTarget, corpus: readonly string[]): string {
  let text = pick(chance, corpus);
  for (let changes = chance.from(1, 6); changes > 0; changes--) text = change(chance, words, corpus, text);
  return text.slice(0, maxChars);
}

function change(chance: Chance, words: readonly string[], corpus: readonly string[], text: string): string {
  const [at, length] = [chance.from(0, text.length), chance.from(1, 40)];
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (chance.of({ drop: 3, double: 2, many: 1, insert: 8, replace: 4, flip: 2, splice: 3, cut: 1, swap: 1 })) {
    case 'drop':
      return before + after;
    case 'double':
      return before + piece + piece + after;
    case 'many':
      return before + (chance.is(0.5) ? piece : pick(chance, words)).repeat(10 ** chance.from(1, 4)) + after;
    case 'insert':
      return before + small(chance, words) + piece + after;
    case 'replace':
      return before + small(chance, words) + after;
    case 'flip':
      return (
        before + String.fromCharCode((piece.charCodeAt(0) || 0) ^ (1 << chance.from(0, 15))) + piece.slice(1) + after
      );
    case 'splice': {
      const other = pick(chance, corpus);
      return before + other.slice(chance.from(0, other.length));
    }
    case 'cut':
      return before;
    case 'swap':
      return after + piece + before;
  }
}

function small(chance: Chance, words: readonly string[]): string {
  switch (chance.of({ word: 6, odd: 3, number: 1 })) {
    case 'word':
      return pick(chance, words);
    case 'odd':
      return pick(chance, odd);
    case 'number':
      return pick(chance, numbers);
  }
}

const pick = (chance: Chance, all: readonly string[]): string => all[chance.from(0, all.length - 1)] ?? '';

/** A shorter input that breaks the promise as well, found by leaving pieces out. */
export async function shrink(input: string, breaks: (input: string) => Promise<boolean>): Promise<string> {
  let shortest = input;
  const until = performance.now() + shrinkMs;
  for (
    let size = Math.ceil(shortest.length / 2), left = 400;
    size >= 1 && left > 0 && performance.now() < until;
    size = Math.floor(size / 2)
  ) {
    for (let at = 0; at < shortest.length && left > 0 && performance.now() < until; left--) {
      const shorter = shortest.slice(0, at) + shortest.slice(at + size);
      if (await breaks(shorter)) shortest = shorter;
      else at += size;
    }
  }
  return shortest;
}
