import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from '../../src/util/clock.ts';

/** A clock that goes only when told to. */
export class ManualClock implements Scheduler {
  #now = 1_000_000;
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  nextTurn(): Promise<void> {
    return setImmediate();
  }

  advance(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers].sort((a, b) => a.at - b.at)) {
      if (timer.at <= this.#now && this.#timers.delete(timer)) timer.run();
    }
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }
}
