import type { Engine } from '../../engine-api.ts';
import type { CliHost } from '../cli-host.ts';
import { checkFolder } from '../folders.ts';
import type { ServeCommand } from '../serve-arguments.ts';
import { servedFolder } from './served-folders.ts';

/** Engines by the folders that they are about: that of all folders served stays, one of a part ends with its question. */
export class ServedEngines {
  readonly #command: ServeCommand;
  readonly #host: CliHost;
  readonly #all = new Map<string, Promise<Engine>>();

  constructor(command: ServeCommand, host: CliHost) {
    this.#command = command;
    this.#host = host;
  }

  /** @param served the folders to serve. @param folder one of them or inside one; absent: all. @throws Error for who asked. */
  async use<T>(
    served: readonly string[],
    folder: string | undefined,
    work: (engine: Engine) => Promise<T>,
  ): Promise<T> {
    const dirs = await Promise.all(served.map((dir) => checkFolder(dir, this.#host.cwd)));
    if (folder === undefined) return work(await this.#engineOf(dirs));
    const engine = await this.#compose([await servedFolder(folder, dirs)]);
    try {
      return await work(engine);
    } finally {
      await engine.close();
    }
  }

  async close(): Promise<void> {
    const engines = await Promise.allSettled(this.#all.values());
    await Promise.all(engines.map((made) => (made.status === 'fulfilled' ? made.value.close() : undefined)));
  }

  /** What could not be made is tried again. */
  #engineOf(dirs: readonly string[]): Promise<Engine> {
    const key = JSON.stringify(dirs);
    const made = this.#all.get(key) ?? this.#compose(dirs);
    this.#all.set(key, made);
    made.catch(() => this.#all.delete(key));
    return made;
  }

  async #compose(dirs: readonly string[]): Promise<Engine> {
    const { bundleDir, version, env, platform } = this.#host;
    const { models, sandbox } = this.#command;
    return (await this.#host.compose({ dirs, models, sandbox, bundleDir, version, env, platform })).engine;
  }
}
