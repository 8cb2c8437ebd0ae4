import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { storeSnapshot } from '../load-parts.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import type { LinkListener, StartLink, WorkerLink } from '../worker-link.ts';
import { WalledProcess } from './walled-process.ts';

/**
 * Workers in threads of one walled process. It cannot write: the interpreter's snapshot, which is made of our own Python
 * alone, is made by this process. When it ends, the next worker gets another.
 */
export class ProcessSandbox implements Sandbox {
  readonly #options: SandboxOptions;
  #process: Promise<WalledProcess> | null = null;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  async load(): Promise<void> {
    await (await this.#running()).up;
  }

  start(): StartLink {
    const running = this.#running();
    const { memoryCapBytes } = this.#options;
    return (listener) =>
      lateLink(
        running.then((walled) => walled.start(listener, memoryCapBytes)),
        listener,
      );
  }

  async close(): Promise<void> {
    await this.#process?.then((walled) => walled.close()).catch(() => undefined);
  }

  #running(): Promise<WalledProcess> {
    const begun = this.#process;
    const next = begun === null ? this.#begin() : begun.then((walled) => (walled.ended ? this.#begin() : walled));
    this.#process = next;
    next.catch(() => {
      if (this.#process === next) this.#process = null;
    });
    return next;
  }

  /** Permissions are for real paths: a link in a path would be refused. */
  async #begin(): Promise<WalledProcess> {
    const { assetsDir, cacheDir } = this.#options;
    await storeSnapshot(assetsDir, cacheDir);
    await mkdir(cacheDir, { recursive: true }).catch(() => undefined);
    const [assets, cache] = await Promise.all([assetsDir, cacheDir].map(realPath));
    return new WalledProcess(assets ?? '', cache ?? '');
  }
}

const realPath = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/** A worker whose process is being started. What it is told before, it is told then, in order. */
function lateLink(link: Promise<WorkerLink>, { onEnd }: LinkListener): WorkerLink {
  link.catch((error) => onEnd(error instanceof Error ? error.message : String(error)));
  const later = (tell: (link: WorkerLink) => unknown) => link.then(tell, () => undefined);
  return {
    post: (message) => void later((it) => it.post(message)),
    reply: (reply) => void later((it) => it.reply(reply)),
    interrupt: () => void later((it) => it.interrupt()),
    keepAlive: () => void later((it) => it.keepAlive()),
    terminate: async () => void (await later((it) => it.terminate())),
  };
}
