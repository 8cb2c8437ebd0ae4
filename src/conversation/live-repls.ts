import type { Clock } from '../util/clock.ts';

/** Something that holds an interpreter while nobody uses it. */
export interface IdleHolder {
  letGo(): Promise<void>;
}

export interface LiveReplLimits {
  /** Idle interpreters at once, over all conversations. */
  readonly maxIdle: number;
  /** How long one may be idle, in milliseconds. */
  readonly idleMs: number;
}

const defaults: LiveReplLimits = { maxIdle: 2, idleMs: 15 * 60_000 };

/** Bounds the interpreters that conversations keep between questions: those used longest ago are let go first. */
export class LiveRepls {
  readonly #clock: Clock;
  readonly #limits: LiveReplLimits;
  /** In the order in which they became idle; the value calls its timer off. */
  readonly #idle = new Map<IdleHolder, () => void>();

  constructor(clock: Clock, limits: Partial<LiveReplLimits> = {}) {
    this.#clock = clock;
    this.#limits = { ...defaults, ...limits };
  }

  /** It holds one and nobody uses it. */
  idle(holder: IdleHolder): void {
    this.busy(holder);
    const callOff = this.#clock.after(this.#limits.idleMs, () => this.#letGo(holder));
    this.#idle.set(holder, callOff);
    while (this.#idle.size > this.#limits.maxIdle) {
      const [oldest] = this.#idle.keys();
      if (oldest !== undefined) this.#letGo(oldest);
    }
  }

  /** It is in use again, or holds none any more. */
  busy(holder: IdleHolder): void {
    this.#idle.get(holder)?.();
    this.#idle.delete(holder);
  }

  #letGo(holder: IdleHolder): void {
    this.busy(holder);
    void holder.letGo();
  }
}
