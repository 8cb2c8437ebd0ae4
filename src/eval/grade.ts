import { parseCitations } from '../citations/parse.ts';
import type { GoldAnswer } from './item.ts';

/** What the questions ask for, so that answers can be graded by code. */
export const answerLine = 'End your answer with a line of its own: `Answer: ` and the answer, nothing else.';

/**
 * Grades an answer. The last line of the form `Answer: …` counts. Without one, the text counts, without its citations: the gold
 * text has to stand in it as a word; of several options only one may be named; of a number, the first number in it counts.
 */
export function isRight(answer: string, gold: GoldAnswer): boolean {
  const stated = statedAnswer(answer);
  if (gold.kind === 'choice') return letterOf(stated ?? answer, stated !== undefined) === gold.value;
  if (stated !== undefined) return matches(normal(stated), normal(gold.value));
  const text = normal(withoutCitations(answer));
  if (gold.options !== undefined) {
    const named = gold.options.map(normal).filter((option) => holdsWord(text, option));
    return named.length === 1 && named[0] === normal(gold.value);
  }
  if (isNumber(gold.value)) return firstNumber(text) === Number(gold.value);
  return holdsWord(text, normal(gold.value));
}

function statedAnswer(answer: string): string | undefined {
  const stated = [...answer.matchAll(/^[\s>#*_-]*(?:final )?answer\s*[*_]*\s*[:=]\s*(.+)$/gim)].at(-1)?.[1];
  const text = stated === undefined ? undefined : withoutCitations(stated).trim();
  return text === '' ? undefined : text;
}

const matches = (stated: string, gold: string): boolean =>
  isNumber(gold) ? firstNumber(stated) === Number(gold) && !/\d.*[a-z].*\d/.test(stated) : stated === gold;

function letterOf(text: string, stated: boolean): string | undefined {
  if (stated) return (/\(([A-D])\)/.exec(text) ?? /^\W*([A-D])\b/.exec(text))?.[1];
  const alone = /^\W*([A-D])\W*$/.exec(text.trim())?.[1];
  const named = /\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice)\b(?:\s+is)?\W{0,6}([A-D])\b/.exec(text)?.[1];
  const [first, ...others] = new Set([...text.matchAll(/\(([A-D])\)/g)].map(([, letter]) => letter));
  return alone ?? (others.length === 0 ? (first ?? named) : undefined);
}

function withoutCitations(answer: string): string {
  let text = '';
  let from = 0;
  for (const { start, end } of parseCitations(answer)) {
    text += `${answer.slice(from, start)} `;
    from = end;
  }
  return text + answer.slice(from);
}

/** Case, quotes, emphasis and the final stop do not count. */
const normal = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[`*_"'“”‘’[\]]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.;,]$/, '');

const isNumber = (text: string): boolean => /^-?\d+(?:\.\d+)?$/.test(text);

function firstNumber(text: string): number | undefined {
  const found = /-?\d[\d,]*(?:\.\d+)?/.exec(text)?.[0];
  return found === undefined ? undefined : Number(found.replaceAll(',', ''));
}

function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`;
    if (!/[a-z0-9]/.test(around)) return true;
  }
  return false;
}
