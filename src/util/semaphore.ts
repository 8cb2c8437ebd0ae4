/** A fixed number of places, given out in the order in which they were asked for; who comes back goes before who is new. */
export class Semaphore {
  #free: number;
  readonly #waiting = { back: new Set<() => void>(), new: new Set<() => void>() };

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * Waits for a place.
   * @param who `back`: had one already and gave it up only for a while.
   * @returns the function that gives it back; calling it again does nothing.
   * @throws the signal's reason when it aborts first.
   */
  async acquire(signal: AbortSignal, who: 'new' | 'back' = 'new'): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal, this.#waiting[who]);
    let held = true;
    return () => {
      if (held) this.#release();
      held = false;
    };
  }

  #wait(signal: AbortSignal, queue: Set<() => void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        queue.delete(admit);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.add(admit);
    });
  }

  #release(): void {
    const queue = this.#waiting.back.size > 0 ? this.#waiting.back : this.#waiting.new;
    const [next] = queue;
    if (next === undefined) this.#free++;
    else {
      queue.delete(next);
      next();
    }
  }
}
