import type { RunEvent } from '../../src/runs/events.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { endUnfinished } from '../../src/runs/unfinished.ts';

const cutOff = 'The window was closed or reloaded before the run had ended, or another window still has it.';
const lost = 'The log of this run is gone or cannot be read.';

/**
 * What a log holds, with an end where it has none. The log itself is left as it is: another window may be writing it, and
 * then the end that is still to come is the one that counts.
 */
export function withEnd(events: readonly RunEvent[], now: number): readonly RunEvent[] {
  if (events.some(({ type }) => type === 'run-end')) return events;
  const reason = events.length === 0 ? lost : cutOff;
  return [...events, endUnfinished(events.reduce(reduceRun, emptyRun), reason, events.at(-1)?.at ?? now)];
}
