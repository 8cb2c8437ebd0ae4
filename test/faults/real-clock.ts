import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from '../../src/util/clock.ts';

/** The machine's time, with what is still to come counted. */
export class RealClock implements Scheduler {
  readonly #timers = new Set<NodeJS.Timeout>();

  now(): number {
    return performance.timeOrigin + performance.now();
  }

  after(ms: number, run: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer);
    };
  }

  nextTurn(): Promise<void> {
    return setImmediate();
  }

  get pending(): number {
    return this.#timers.size;
  }
}
