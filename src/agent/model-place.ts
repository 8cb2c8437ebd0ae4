import type { Semaphore } from '../util/semaphore.ts';

/** A place among the requests in flight, given up while a call only waits for its next attempt. */
export class ModelPlace {
  readonly #slots: Semaphore;
  readonly #signal: AbortSignal;
  #leave: (() => void) | undefined;
  #who: 'new' | 'back' = 'new';

  constructor(slots: Semaphore, signal: AbortSignal) {
    this.#slots = slots;
    this.#signal = signal;
  }

  /** Waits for a place; at once when it is held. @throws the signal's reason when it aborts first. */
  async take(): Promise<void> {
    this.#leave ??= await this.#slots.acquire(this.#signal, this.#who);
    // Calls that have begun hold a part of the budget: they end before new ones begin.
    this.#who = 'back';
  }

  giveUp(): void {
    this.#leave?.();
    this.#leave = undefined;
  }
}
