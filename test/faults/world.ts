import { setImmediate } from 'node:timers/promises';
import { Chance } from './chance.ts';
import { JumpingClock } from './jumping-clock.ts';

/** Where one seeded run happens: its chances, its time, and what is still open in it. */
export class World {
  readonly chance: Chance;
  readonly clock = new JumpingClock();
  /** Counts up whatever happens; while it stands still, nothing does. */
  steps = 0;
  openRepls = 0;
  openStreams = 0;
  mostStreams = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
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
        return this.sleep(this.chance.from(1, 20_000), signal);
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

  /** Turns the clock whenever nothing happens. @throws when nothing happens and no timer is left: something hangs. */
  async live<T>(done: Promise<T>): Promise<T> {
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
      if (this.clock.jump()) still = 0;
      else if (still > 200) throw new Error('the run hangs: nothing happens, and no timer is left');
    }
    return done;
  }
}
