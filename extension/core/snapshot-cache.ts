import type { Snapshot } from '../../src/workspace/snapshot.ts';

export interface SnapshotSource {
  /** Differs from an earlier stamp when anything that a snapshot depends on may have changed since. */
  readonly stamp: () => string;
  readonly build: (signal: AbortSignal) => Promise<Snapshot>;
}

interface Build {
  readonly stamp: string;
  readonly controller: AbortController;
  readonly snapshot: Promise<Snapshot>;
  waiting: number;
}

/** The workspace's picture between questions: built again only when the stamp has changed. */
export class SnapshotCache {
  readonly #source: SnapshotSource;
  #kept: { readonly stamp: string; readonly order: number; readonly snapshot: Snapshot } | undefined;
  #build: Build | undefined;
  #started = 0;

  constructor(source: SnapshotSource) {
    this.#source = source;
  }

  /** The newest picture, also when it is no longer true. */
  get last(): Snapshot | undefined {
    return this.#kept?.snapshot;
  }

  /** Who asks at the same time shares one reading, which goes on as long as anybody waits for it. */
  async get(signal: AbortSignal): Promise<Snapshot> {
    signal.throwIfAborted();
    const stamp = this.#source.stamp();
    if (this.#kept?.stamp === stamp) return this.#kept.snapshot;
    const build = this.#build?.stamp === stamp ? this.#build : this.#start(stamp);
    build.waiting++;
    try {
      return await orAbort(build.snapshot, signal);
    } finally {
      build.waiting--;
      if (build.waiting === 0) {
        if (this.#build === build) this.#build = undefined;
        build.controller.abort(signal.reason);
      }
    }
  }

  #start(stamp: string): Build {
    const controller = new AbortController();
    const order = ++this.#started;
    const snapshot = this.#source.build(controller.signal).then((made) => {
      if (order > (this.#kept?.order ?? 0)) this.#kept = { stamp, order, snapshot: made };
      return made;
    });
    // Whoever waits hears of it; nobody may.
    snapshot.catch(() => undefined);
    this.#build = { stamp, controller, snapshot, waiting: 0 };
    return this.#build;
  }
}

function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
