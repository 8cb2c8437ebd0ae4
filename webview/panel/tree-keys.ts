import { isActive } from '../shared/status.ts';
import { parentIndex, type TreeRow } from './tree-rows.ts';

/** What the keys of a tree can bring about. */
export interface TreeMoves {
  moveTo(index: number): void;
  toggle(key: string): void;
  pick(row: TreeRow): void;
  stop(agentId: string): void;
  copy(text: string): void;
  search(): void;
}

/** Rows that PageUp and PageDown pass. */
const page = 15;

/** What a key means on a row: the ARIA tree pattern, and s, c and /. `undefined`: nothing of ours. */
export function keyAction(
  key: string,
  rows: readonly TreeRow[],
  at: number,
  moves: TreeMoves,
): (() => void) | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  const { open } = row;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moves.moveTo(at + 1),
    ArrowUp: () => moves.moveTo(at - 1),
    PageDown: () => moves.moveTo(at + page),
    PageUp: () => moves.moveTo(at - page),
    Home: () => moves.moveTo(0),
    End: () => moves.moveTo(rows.length - 1),
    ArrowRight: () => (open === false ? moves.toggle(row.key) : open && moves.moveTo(at + 1)),
    ArrowLeft: () => (open === true ? moves.toggle(row.key) : moves.moveTo(parentIndex(rows, at))),
    Enter: () => moves.pick(row),
    ' ': () => moves.pick(row),
    s: () => row.kind === 'agent' && isActive(row.agent) && moves.stop(row.key),
    c: () => row.kind === 'agent' && moves.copy(row.agent.answer || row.agent.task),
    '/': () => moves.search(),
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}
