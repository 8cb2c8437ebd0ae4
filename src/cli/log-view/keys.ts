import type { Key } from './browsing.ts';

const keys: Readonly<Record<string, Key>> = {
  '\u001b[A': 'up',
  '\u001bOA': 'up',
  k: 'up',
  '\u001b[B': 'down',
  '\u001bOB': 'down',
  j: 'down',
  '\u001b[C': 'right',
  '\u001bOC': 'right',
  l: 'right',
  '\u001b[D': 'left',
  '\u001bOD': 'left',
  h: 'left',
  '\u001b[5~': 'page-up',
  '\u001b[6~': 'page-down',
  '\u001b[H': 'home',
  '\u001b[1~': 'home',
  g: 'home',
  '\u001b[F': 'end',
  '\u001b[4~': 'end',
  G: 'end',
  ' ': 'toggle',
  '\r': 'toggle',
  '\n': 'toggle',
  e: 'all',
  n: 'next',
  p: 'previous',
  f: 'follow',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal sends keys as escape sequences.
const sequence = /\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\s\S]/gu;

/** The keys in what a terminal sent; several come at once when they are pressed fast. */
export const readKeys = (input: string): readonly (Key | 'quit')[] =>
  (input.match(sequence) ?? []).flatMap((one): readonly (Key | 'quit')[] => {
    if (one === 'q' || one === '\u0003' || one === '\u0004') return ['quit'];
    const key = Object.hasOwn(keys, one) ? keys[one] : undefined;
    return key === undefined ? [] : [key];
  });
