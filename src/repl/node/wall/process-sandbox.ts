import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { storeSnapshot } from '../load-parts.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import type { LinkListener, StartLink, WorkerLink } from '../worker-link.ts';
import { WalledProcess, type WallOptions } from './walled-process.ts';

/**
 * A walled process for every interpreter. It cannot write: the interpreter's snapshot, which is made of our own Python
 * alone, is made by this process.
 */
export class ProcessSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  #wall: Promise<WallOptions> | null = null;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  async load(): Promise<void> {
    await this.#load();
  }

  start(): StartLink {
    const wall = this.#load();
    return (listener) => lateLink(wall, listener);
  }

  /** Once; after a failure, the next wish tries again. */
  #load(): Promise<WallOptions> {
    if (this.#wall) return this.#wall;
    const wall = this.#prepare();
    this.#wall = wall;
    wall.catch(() => {
      this.#wall = null;
    });
    return wall;
  }

  async #prepare(): Promise<WallOptions> {
    const { memoryCapBytes } = this.#options;
    const [assetsDir, cacheDir] = [resolve(this.#options.assetsDir), resolve(this.#options.cacheDir)];
    await storeSnapshot(assetsDir, cacheDir);
    const folders = [assetsDir, cacheDir];
    const real = await Promise.all(folders.map((folder) => realpath(folder).catch(() => folder)));
    return { assetsDir, cacheDir, readable: [...new Set([...folders, ...real])], memoryBytes: memoryCapBytes };
  }
}

/** A worker whose process is not there yet. What it is told before, it is told then, in order. */
function lateLink(wall: Promise<WallOptions>, listener: LinkListener): WorkerLink {
  const link = wall.then((options) => new WalledProcess(options, listener));
  link.catch((error) => listener.onEnd(error instanceof Error ? error.message : String(error)));
  const later = (tell: (link: WorkerLink) => unknown) => link.then(tell, () => undefined);
  return {
    post: (message) => void later((it) => it.post(message)),
    reply: (reply) => void later((it) => it.reply(reply)),
    interrupt: () => void later((it) => it.interrupt()),
    keepAlive: () => void later((it) => it.keepAlive()),
    terminate: async () => void (await later((it) => it.terminate())),
  };
}
