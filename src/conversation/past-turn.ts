import type { Citation } from '../citations/citation.ts';
import type { Outcome, RunEvent } from '../runs/events.ts';

/** What stays of a question once its run has ended. */
export interface PastTurn {
  readonly runId: string;
  readonly question: string;
  readonly outcome: Outcome;
  readonly answer: string;
  readonly citations: readonly Omit<Citation, 'problem'>[];
  /** All variables of the REPL when it ended. */
  readonly variables: readonly string[];
}

/** @returns `undefined` for a run without an end. */
export function pastTurnOf(events: readonly RunEvent[], question: string): PastTurn | undefined {
  const end = events.findLast((event) => event.type === 'run-end');
  if (end === undefined) return undefined;
  const root = rootIdOf(events);
  const last = events.findLast((event) => event.type === 'cell-end' && event.agentId === root);
  const resumed = events.find((event) => event.type === 'resumed');
  const variables = (last?.type === 'cell-end' ? last.variables : undefined) ?? resumed?.variables ?? [];
  const start = events.find((event) => event.type === 'run-start');
  return pastTurn(start?.runId ?? '', question, end, variables);
}

export function pastTurn(
  runId: string,
  question: string,
  { outcome, answer, citations }: Extract<RunEvent, { type: 'run-end' }>,
  variables: readonly string[],
): PastTurn {
  const kept = citations.map(({ problem: _, ...citation }) => citation);
  return { runId, question, outcome, answer, citations: kept, variables };
}

export const rootIdOf = (events: readonly RunEvent[]): string | undefined =>
  events.find((event) => event.type === 'agent-start' && event.role === 'root')?.agentId;

const openLine = /^\W*(?:open|unclear|unknown|not (?:verified|checked|found|clear)|to be checked|todo)\b|\?\**\s*$/i;
const maxOpen = 5;

/** What a turn left open: why it did not end well, what could not be verified, and the questions its answer asks. */
export function openQuestions({ outcome, answer, citations }: PastTurn): readonly string[] {
  const lines = answer.split('\n').map((line) => line.trim());
  const asked = lines.filter((line) => line.length <= 300 && openLine.test(line)).slice(0, maxOpen);
  const unverified = citations.filter(({ status }) => status === 'unverified').length;
  return [
    ...(outcome === 'answered' ? [] : [`the answer is partial: its run ended as ${outcome}`]),
    ...(unverified > 0 ? [`${unverified} of its citations could not be verified`] : []),
    ...asked,
  ];
}
