import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Scheduler } from '../../src/util/clock.ts';
import { Chance } from './chance.ts';
import { JumpingClock } from './jumping-clock.ts';
import { RealClock } from './real-clock.ts';

/** Longer than any run with real connections takes, whatever else the machine does. */
const deadlineMs = 60_000;

/** Where one seeded run happens: its chances, its time, and what is still open in it. */
export class World {
  readonly chance: Chance;
  readonly clock: Scheduler & { readonly pending: number };
  /** Counts up whatever happens; while it stands still, nothing does. */
  steps = 0;
  openRepls = 0;
  openStreams = 0;
  mostStreams = 0;
  /** A server took more than it was granted, or said so: one call may be beyond the limit, and is the last. */
  overtaken = false;

  /** @param clock the jumping one is for worlds in memory; where connections are real, time is. */
  constructor(seed: number, clock: JumpingClock | RealClock = new JumpingClock()) {
    this.chance = new Chance(seed);
    this.clock = clock;
  }

  /** Sometimes nothing, sometimes a turn of the event loop, sometimes seconds. Ends early when the signal aborts. */
  async pause(signal: AbortSignal): Promise<void> {
    this.steps++;
    switch (this.chance.of({ none: 5, turn: 3, time: 3 })) {
      case 'none':
        return;
      case 'turn':
        await setImmediate();
        return;
      case 'time':
        return this.sleep(this.chance.from(1, this.clock instanceof RealClock ? 4 : 20_000), signal);
    }
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        callOff();
        signal.removeEventListener('abort', wake);
        this.steps++;
        resolve();
      };
      const callOff = this.clock.after(ms, wake);
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Never ends by itself. */
  untilAborted(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.steps++;
        resolve();
      };
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Turns the clock whenever nothing happens. @throws when something hangs: nothing happens and no timer is left, or for too long. */
  live<T>(done: Promise<T>): Promise<T> {
    return this.clock instanceof JumpingClock ? this.#jump(done, this.clock) : inTime(done);
  }

  async #jump<T>(done: Promise<T>, clock: JumpingClock): Promise<T> {
    let over = false;
    const end = () => {
      over = true;
    };
    done.then(end, end);
    for (let still = 0; !over; still++) {
      const before = this.steps;
      await setImmediate();
      if (this.steps !== before) still = 0;
      if (still < 4) continue;
      if (clock.jump()) still = 0;
      else if (still > 200) throw new Error('the run hangs: nothing happens, and no timer is left');
    }
    return done;
  }
}

async function inTime<T>(done: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = wait(deadlineMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`the run hangs: it has not ended after ${deadlineMs} ms`);
  });
  try {
    return await Promise.race([done, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
