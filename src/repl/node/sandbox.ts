import { workerFile } from './assets.ts';
import { loadParts } from './load-parts.ts';
import type { WorkerParts } from './start-worker.ts';
import { threadLink } from './thread-link.ts';
import type { StartLink } from './worker-link.ts';

/** Where interpreters run. Each is sealed in a realm without Node; `process` puts that realm behind a second wall. */
export type SandboxKind = 'thread' | 'process';

/** Starts workers. */
export interface Sandbox {
  /** Begins to load what workers are made of, and resolves when it is there. @throws when it is not. */
  load(): Promise<void>;
  start(): StartLink;
}

export interface SandboxOptions {
  readonly assetsDir: string;
  readonly cacheDir: string;
  readonly memoryCapBytes: number;
}

/** Workers in threads of this process. */
export class ThreadSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  #parts: WorkerParts | null = null;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  async load(): Promise<void> {
    const { prepare, boot } = this.#load();
    await Promise.all([prepare, boot]);
  }

  start(): StartLink {
    const { assetsDir, memoryCapBytes } = this.#options;
    // Begins to read before the thread's start takes the time of this one.
    return threadLink(workerFile(assetsDir), this.#load(), memoryCapBytes);
  }

  /** Loaded once; after a failure, the next wish tries again. */
  #load(): WorkerParts {
    if (this.#parts) return this.#parts;
    const { assetsDir, cacheDir } = this.#options;
    const parts = loadParts(assetsDir, cacheDir);
    this.#parts = parts;
    Promise.all([parts.prepare, parts.boot]).catch(() => {
      this.#parts = null;
    });
    return parts;
  }
}
