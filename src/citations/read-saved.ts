import { isRecord } from '../repl/plain-data.ts';
import type { Anchor } from './anchor.ts';
import type { SavedFacts } from './saved-answer.ts';

/** Where the facts stand in the text, and what they say; `facts` is `undefined` when they cannot be read. */
export interface FoundFacts {
  readonly start: number;
  readonly end: number;
  readonly facts: SavedFacts | undefined;
}

const opening = '<!-- ask-codebase-answer';
const closing = '\n-->';

/** The facts of a saved answer; the last ones when there are several. The file may have been edited by anybody. */
export function findFacts(text: string): FoundFacts | undefined {
  // As long as the text, so that offsets stay true.
  const unified = text.replaceAll('\r\n', ' \n');
  const last = unified.lastIndexOf(closing);
  const openedBy = (lineEnd: string) => `\n${unified}`.lastIndexOf(`\n${opening}${lineEnd}`, last);
  const before = last < 0 ? -1 : Math.max(openedBy('\n'), openedBy(' \n'));
  const end = before < 0 ? -1 : unified.indexOf(closing, before + opening.length);
  if (end < 0) return undefined;
  const facts = readFacts(unified.slice(before + opening.length, end));
  const after = end + closing.length;
  const lineEnd = /^ ?\n/.exec(unified.slice(after, after + 2))?.[0] ?? '';
  return { start: before, end: after + lineEnd.length, facts };
}

function readFacts(json: string): SavedFacts | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!isRecord(value) || value.version !== 1 || !Array.isArray(value.citations)) return undefined;
    const { question, date, models, calls, costUsd, outcome } = value;
    const { root, sub } = isRecord(models) ? models : {};
    return {
      ...{ version: 1, question: text(question), date: text(date), models: { root: text(root), sub: text(sub) } },
      ...{ calls: number(calls) ?? 0, costUsd: typeof costUsd === 'number' ? costUsd : null, outcome: text(outcome) },
      citations: value.citations.flatMap(readAnchor),
    };
  } catch {
    return undefined;
  }
}

function readAnchor(value: unknown): readonly Anchor[] {
  if (!isRecord(value)) return [];
  const { path, startLine, endLine, sha256, lines, words } = value;
  const [start, end] = [number(startLine), number(endLine)];
  if (typeof path !== 'string' || path === '' || start === undefined || end === undefined) return [];
  if (start < 1 || end < start || typeof sha256 !== 'string' || typeof lines !== 'string') return [];
  const split = (some: unknown) =>
    text(some)
      .split(' ')
      .filter((hash) => hash !== '');
  return [{ path, startLine: start, endLine: end, sha256, lines: split(lines), words: split(words) }];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
