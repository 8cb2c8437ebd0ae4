import { createHash, randomUUID } from 'node:crypto';
import { systemClock } from '../../src/cli/system-clock.ts';
import { createEngine } from '../../src/engine.ts';
import type { Engine } from '../../src/engine-api.ts';
import { createModel } from '../../src/models/node/create-model.ts';
import { offlineModel } from '../../src/models/offline/offline-model.ts';
import { createReplPool, type WarmReplPool } from '../../src/repl/node/pool.ts';
import type { CodeSearch } from '../../src/search/code-search.ts';
import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';

export interface EngineWish {
  readonly root: string;
  readonly sub: string;
  /** Empty for OpenAI's own. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
}

export type GivenEngine =
  | { readonly kind: 'ok'; readonly engine: Engine }
  | { readonly kind: 'problem'; readonly problem: string };

export interface EngineHostOptions {
  /** Holds the worker, its realm and pyodide. */
  readonly assetsDir: string;
  readonly cacheDir: string;
  readonly version: string;
  readonly loadSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
}

/** Engines by what they are made of; all share one pool of interpreters and one search. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #repls: WarmReplPool;
  readonly #search: CodeSearch;
  /** The last one: who changes the model does not go back and forth. */
  #made: { readonly wish: string; readonly engine: Engine } | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#repls = createReplPool({ assetsDir: options.assetsDir, cacheDir: options.cacheDir });
    this.#search = createCodeSearch({ assetsDir: options.assetsDir });
  }

  /** Starts interpreters for a question that is about to come. What fails here fails again, and is told, in the run. */
  warmUp(): void {
    this.#repls.warmUp().catch(() => undefined);
  }

  engineFor(wish: EngineWish): GivenEngine {
    const key = JSON.stringify(wish);
    if (this.#made?.wish === key) return { kind: 'ok', engine: this.#made.engine };
    const options = { baseUrl: wish.baseUrl, apiKey: wish.apiKey, offline: () => offlineModel };
    const root = createModel(wish.root, options);
    if (root.kind === 'problem') return root;
    const sub = wish.sub === wish.root ? root : createModel(wish.sub, options);
    if (sub.kind === 'problem') return sub;
    const engine = createEngine({
      loadSnapshot: this.#options.loadSnapshot,
      models: { root: root.model, sub: sub.model },
      // Closing an engine closes its pool and its search, and these are everybody's.
      repls: { open: (repl, depth, signal) => this.#repls.open(repl, depth, signal), close: async () => undefined },
      search: {
        prepare: (snapshot) => this.#search.prepare(snapshot),
        search: (query, scope, signal) => this.#search.search(query, scope, signal),
        close: async () => undefined,
      },
      clock: systemClock,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      newRunId: () => randomUUID(),
      version: this.#options.version,
    });
    this.#made = { wish: key, engine };
    return { kind: 'ok', engine };
  }

  /** Ends the interpreters. Runs are ended by who asked. */
  async close(): Promise<void> {
    await Promise.all([this.#repls.close(), this.#search.close()]);
  }
}
