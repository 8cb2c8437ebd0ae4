import type { RunEvent } from '../../src/runs/events.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { shownEvent } from '../../src/runs/shown-event.ts';

/** One run as the host holds it: the list that views are drawn from, and what it comes to. */
export class RunRecord {
  readonly runId: string;
  #events: RunEvent[] = [];
  #state: RunState = emptyRun;
  #whole: readonly RunEvent[] | undefined;

  constructor(runId: string, events: readonly RunEvent[] = []) {
    this.runId = runId;
    for (const event of events) this.take(event);
  }

  get events(): readonly RunEvent[] {
    return this.#events;
  }

  get state(): RunState {
    return this.#state;
  }

  get ended(): boolean {
    return this.#state.end !== undefined;
  }

  /** Nothing comes after the end. */
  take(event: RunEvent): void {
    if (this.ended) return;
    this.#events.push(shownEvent(event));
    this.#state = reduceRun(this.#state, event);
  }

  /** The list for a view that has seen nothing of the run: in an ended one, `model-end` says all that the deltas said. */
  get whole(): readonly RunEvent[] {
    if (!this.ended) return this.#events;
    this.#whole ??= this.#events.filter(({ type }) => type !== 'model-delta');
    return this.#whole;
  }
}
