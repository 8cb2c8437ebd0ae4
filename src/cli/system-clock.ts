import type { Clock } from '../util/clock.ts';

/** Wall-clock time that does not jump when the system's clock is set. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
