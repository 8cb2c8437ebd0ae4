import type { HeldRepl } from '../agent/held-repl.ts';
import type { CellLimits, CellStatus, Corpus, ReplOptions } from '../repl/repl.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { PastCell } from './past-cells.ts';
import { replayCalls } from './replay-calls.ts';

/** A cell that ran again; `cell` is its number then. */
export interface ReplayedCell {
  readonly runId: string;
  readonly cell: number;
  readonly status: CellStatus;
  /** It ended otherwise than it had. */
  readonly differs?: true;
}

export interface ReplayOrder {
  readonly cells: readonly PastCell[];
  readonly corpus: Corpus;
  readonly snapshot: Snapshot;
  /** Answers what needs no model. */
  readonly live: ReplOptions['onCall'];
  readonly limits: CellLimits;
  readonly signal: AbortSignal;
}

/** Runs earlier cells again, in order, without asking any model. Stops when the interpreter is lost or the signal aborts. */
export async function replayCells(held: HeldRepl, order: ReplayOrder): Promise<readonly ReplayedCell[]> {
  const done: ReplayedCell[] = [];
  let run = '';
  for (const past of order.cells) {
    if (order.signal.aborted) break;
    if (past.runId !== run) await held.refresh(order.corpus, past.question);
    run = past.runId;
    held.answerCallsBy(replayCalls(past, order.live, order.snapshot));
    const { status } = await held.run(past.code, order.limits, order.signal);
    const { runId, cell } = past;
    done.push({ runId, cell, status, ...(status !== past.status && { differs: true }) });
    if (status === 'lost') break;
  }
  return done;
}

/** What of a rebuilding the model must know; empty when all came back as it was. */
export function rebuildNote(all: number, replayed: readonly ReplayedCell[]): string {
  const differing = replayed.filter(({ differs }) => differs).length;
  const missing = all - replayed.length;
  return [
    differing > 0 ? ` ${differing} of ${replayed.length} cells ended otherwise than they had.` : '',
    missing > 0 ? ` ${missing} of ${all} earlier cells did not run again: what they made is missing.` : '',
  ].join('');
}
