import { createHash, randomUUID } from 'node:crypto';
import { systemClock } from '../../src/cli/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import type { Engine, EnginePorts } from '../../src/engine-api.ts';
import { createReplPool, type WarmReplPool } from '../../src/repl/node/pool.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';

export interface EngineHostOptions {
  /** Holds the worker, its realm and pyodide. */
  readonly assetsDir: string;
  readonly cacheDir: string;
  readonly version: string;
  readonly loadSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
}

/** Engines that share one pool of interpreters. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #repls: WarmReplPool;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#repls = createReplPool({ assetsDir: options.assetsDir, cacheDir: options.cacheDir });
  }

  /** Starts interpreters for a question that is about to come. What fails here fails again, and is told, in the run. */
  warmUp(): void {
    this.#repls.warmUp().catch(() => undefined);
  }

  /** An engine for one question: it holds nothing by itself. */
  engineWith(models: EnginePorts['models']): Engine {
    return createEngine({
      loadSnapshot: this.#options.loadSnapshot,
      models,
      // Closing an engine closes its pool, and this one is everybody's.
      repls: { open: (repl, depth, signal) => this.#repls.open(repl, depth, signal), close: async () => undefined },
      clock: systemClock,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      newRunId: () => randomUUID(),
      version: this.#options.version,
    });
  }

  /** Ends the interpreters. Runs are ended by who asked. */
  close(): Promise<void> {
    return this.#repls.close();
  }
}
