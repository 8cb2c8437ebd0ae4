import type { CellStatus } from '../repl/repl.ts';
import type { RunEvent } from '../runs/events.ts';
import { rootIdOf } from './past-turn.ts';

/** What one item of a sub-call came to. */
export interface PastReply {
  readonly role: 'llm' | 'rlm';
  readonly task: string;
  readonly ok: boolean;
  /** The answer as text, or why there was none. */
  readonly text: string;
}

/** One sub-call of a cell. `replies` are in the order of the items, but one that failed as another's copy is missing. */
export interface PastCall {
  readonly op: string;
  readonly count: number;
  readonly replies: readonly PastReply[];
}

/** A cell of the root that has ended. */
export interface PastCell {
  readonly runId: string;
  /** The run's, as the cell knew it. */
  readonly question: string;
  readonly cell: number;
  readonly code: string;
  readonly status: CellStatus;
  readonly ms: number;
  readonly calls: readonly PastCall[];
}

/** The root's cells of a run, with the replies its sub-calls got. */
export function pastCellsOf(runId: string, events: readonly RunEvent[]): readonly PastCell[] {
  const root = rootIdOf(events);
  const replies = repliesByCall(events, root);
  const question = events.find((event) => event.type === 'run-start')?.question ?? '';
  const cells: PastCell[] = [];
  let code = '';
  let calls: PastCall[] = [];
  for (const event of events) {
    if (event.agentId !== root) continue;
    if (event.type === 'cell-start') [code, calls] = [event.code, []];
    else if (event.type === 'call-start')
      calls.push({ op: event.op, count: event.count, replies: replies.get(event.callId) ?? [] });
    else if (event.type === 'cell-end') {
      const { cell, status, ms } = event;
      cells.push({ runId, question, cell, code, status, ms, calls });
    }
  }
  return cells;
}

/** Ids are given in the order of a batch's items, whenever they start. */
function repliesByCall(events: readonly RunEvent[], root: string | undefined): ReadonlyMap<string, PastReply[]> {
  type Started = Extract<RunEvent, { type: 'agent-start' }>;
  const started = events.filter(
    (event): event is Started => event.type === 'agent-start' && event.parentId === root && event.role !== 'root',
  );
  const ends = new Map(
    events.flatMap((event) => (event.type === 'agent-end' ? [[event.agentId, event] as const] : [])),
  );
  const byCall = new Map<string, PastReply[]>();
  for (const { agentId, callId = '', role, task } of started.toSorted((a, b) => idNumber(a) - idNumber(b))) {
    const end = ends.get(agentId);
    if (role === 'root' || end === undefined) continue;
    const ok = end.outcome === 'answered' || (role === 'rlm' && end.outcome === 'exhausted');
    byCall.set(callId, [...(byCall.get(callId) ?? []), { role, task, ok, text: end.answer }]);
  }
  return byCall;
}

const idNumber = ({ agentId }: RunEvent): number => Number(agentId.replace(/\D/g, ''));

/** A rebuilding runs for at most so many milliseconds of the cells' own work, as they took then. */
const maxReplayMs = 60_000;
const maxReplayCells = 1000;

/**
 * The cells that make today's variables: those after the last loss of the interpreter, without interrupted ones; the newest
 * when all would take too long.
 */
export function cellsToReplay(cells: readonly PastCell[]): readonly PastCell[] {
  const lost = cells.findLastIndex(({ status }) => status === 'lost');
  const alive = cells.slice(lost + 1).filter(({ status }) => status === 'ok' || status === 'error');
  let ms = 0;
  const first = alive.findLastIndex((cell) => {
    ms += cell.ms;
    return ms > maxReplayMs;
  });
  return alive.slice(first + 1).slice(-maxReplayCells);
}
