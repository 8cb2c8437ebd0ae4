import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from '../../src/util/clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Stands still while something happens, and jumps to the next timer when nothing does. */
export class JumpingClock implements Scheduler {
  #now = 1_000_000;
  readonly #timers = new Set<Timer>();

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

  get pending(): number {
    return this.#timers.size;
  }

  /** Jumps to the next timer and runs it; false when there is none. */
  jump(): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (next === undefined) return false;
    this.#now = Math.max(this.#now, next.at);
    this.#timers.delete(next);
    next.run();
    return true;
  }
}
