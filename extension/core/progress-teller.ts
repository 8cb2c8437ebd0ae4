import type { RunEvent } from '../../src/runs/events.ts';
import { progressText } from '../../src/runs/progress-text.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';

/** The editor lists every message: not more than one a second. */
const intervalMs = 1000;

/**
 * Tells how far a run is, until `signal` aborts: the editor closes the stream of a request that was cancelled while its run
 * still ends, and a closed stream throws.
 */
export function progressTeller(tell: (message: string) => void, signal: AbortSignal): (event: RunEvent) => void {
  let state = emptyRun;
  let [told, at] = ['', 0];
  return (event) => {
    if (signal.aborted) return;
    state = reduceRun(state, event);
    const message = progressText(state);
    if (message === told || event.at - at < intervalMs) return;
    [told, at] = [message, event.at];
    tell(message);
  };
}
