import { createHash, randomUUID } from 'node:crypto';
import { createEngine } from '../engine.ts';
import { createReplPool } from '../repl/node/pool.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import { chooseCliModels } from './chosen-models.ts';
import type { Composed, ComposeOptions } from './cli-host.ts';
import { systemClock } from './system-clock.ts';
import { cacheFolder } from './user-folders.ts';

/** The engine over this machine's disk, processes and network: the one place of the client that wires. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { root, sub, sentence } = await chooseCliModels(options.models, options.env);
  const cacheDir = cacheFolder(options.env, options.platform);
  const repls = createReplPool({ assetsDir: options.bundleDir, cacheDir });
  // Interpreters start while the files are read; what fails here fails again, and is reported, when one is opened.
  repls.warmUp().catch(() => undefined);
  const files = diskFiles(options.dirs.map((location) => ({ location })));
  const engine = createEngine({
    loadSnapshot: (signal) => buildSnapshot(files, {}, signal),
    models: { root, sub },
    repls,
    clock: systemClock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => randomUUID(),
    version: options.version,
  });
  return { engine, sentence };
}
