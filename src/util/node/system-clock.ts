import { setImmediate } from 'node:timers/promises';
import type { Scheduler } from '../clock.ts';

/** Wall-clock time that does not jump when the system's clock is set. */
export const systemClock: Scheduler = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  nextTurn: () => setImmediate(),
};
