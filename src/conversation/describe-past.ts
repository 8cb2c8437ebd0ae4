import { formatRange } from '../citations/verify.ts';
import { describeChanges, type FileChanges } from './file-changes.ts';
import { openQuestions, type PastTurn } from './past-turn.ts';

/** How the REPL of a follow-up came about. */
export type ReplOrigin =
  | 'kept' // it was still there
  | 'rebuilt' // its cells were run again
  | 'fresh' // there was nothing to go on with
  | 'apart'; // another question of the conversation holds it: this one has a REPL of its own

export interface Past {
  /** The number of this question, from 1. */
  readonly turn: number;
  /** All earlier questions, oldest first. */
  readonly questions: readonly string[];
  /** The newest turns, oldest first. */
  readonly recent: readonly PastTurn[];
  readonly repl: ReplOrigin;
  readonly variables: readonly string[];
  readonly changes: FileChanges;
  /** Whether the lines of a citation are others now. */
  readonly isStale: (citation: PastTurn['citations'][number]) => boolean;
  /** Of a rebuilt REPL: what did not come back as it was; empty when all did. */
  readonly rebuildNote: string;
}

/** Turns that are told with their answers; older ones are a line each. */
export const recentTurns = 6;
const olderTurns = 30;
const olderChars = 120;
/** Of the newest answer, and of each before it. */
const answerChars = { newest: 6000, earlier: 1200 } as const;
const maxCited = 20;
const maxVariables = 80;

/** What the root of a follow-up is told of what was before. Bounded, however long the conversation. */
export function describePast(past: Past): string {
  const { recent, changes, isStale } = past;
  const turns = recent.map((turn, index) => {
    const number = past.questions.length - recent.length + index + 1;
    const before = recent[index - 1]?.variables ?? [];
    return describeTurn(turn, number, index === recent.length - 1, before, isStale);
  });
  const parts = [
    `This is question ${past.turn} of a conversation. ${replNotes[past.repl]}${past.rebuildNote}`,
    older(past),
    ...turns,
    describeChanges(changes),
    `[variables: ${names(past.variables)}]`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const replNotes: Readonly<Record<ReplOrigin, string>> = {
  kept: 'The REPL goes on: the variables of the earlier questions are there (SHOW_VARS() tells their sizes), files is as it is now. Use what you have before you look again.',
  rebuilt:
    'The REPL was rebuilt: the earlier cells ran again over the files as they are now, with the replies that sub-agents gave then. Its variables are there (SHOW_VARS() tells their sizes). Use what you have before you look again.',
  fresh: 'The REPL is new: it holds no variables of earlier questions.',
  apart: 'Another question of it is still under way and holds its REPL: yours is new.',
};

function older({ questions, recent }: Past): string {
  const before = questions.slice(0, questions.length - recent.length);
  if (before.length === 0) return '';
  const shown = before.slice(-olderTurns);
  const skipped = before.length - shown.length;
  const rows = shown.map((question, index) => `${skipped + index + 1}. ${oneLine(question)}`);
  return ['Earlier questions:', ...(skipped > 0 ? [`… ${skipped} before`] : []), ...rows].join('\n');
}

function describeTurn(
  turn: PastTurn,
  number: number,
  newest: boolean,
  before: readonly string[],
  isStale: Past['isStale'],
): string {
  const answer = clip(turn.answer, newest ? answerChars.newest : answerChars.earlier);
  const cited = turn.citations
    .filter(({ status }) => status !== 'unverified')
    .slice(0, maxCited)
    .map((citation) => formatRange(citation) + (isStale(citation) ? ' (changed since)' : ''));
  const open = openQuestions(turn).filter((line) => !answer.includes(line));
  const made = turn.variables.filter((name) => !before.includes(name));
  return [
    `Question ${number}: ${clip(turn.question, 2000)}`,
    `Answer ${number}: ${answer}`,
    ...(cited.length > 0 ? [`Cited: ${cited.join(', ')}`] : []),
    ...(open.length > 0 ? [`Open: ${open.join(' | ')}`] : []),
    ...(made.length > 0 ? [`Variables made: ${names(made)}`] : []),
  ].join('\n');
}

function names(variables: readonly string[]): string {
  if (variables.length === 0) return 'none';
  return variables.slice(0, maxVariables).join(', ') + (variables.length > maxVariables ? ', …' : '');
}

const oneLine = (text: string): string => clip(text.replaceAll(/\s+/g, ' ').trim(), olderChars);
const clip = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, chars).toWellFormed()} …`;
