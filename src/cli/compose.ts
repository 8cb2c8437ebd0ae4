import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createEngine } from '../engine.ts';
import { gitCli } from '../git/node/git-cli.ts';
import { createReplPool } from '../repl/node/pool.ts';
import { createCodeSearch } from '../search/node/worker-search.ts';
import { createSymbolSource } from '../symbols/node/worker-symbols.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { spoolsIn } from '../workspace/node/corpus-spool.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import { chooseCliModels } from './chosen-models.ts';
import type { Composed, ComposeOptions } from './cli-host.ts';
import { sha256 } from './sha256.ts';
import { systemClock } from './system-clock.ts';
import { cacheFolder } from './user-folders.ts';

/** The engine over this machine's disk, processes and network: the one place of the client that wires. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const cacheDir = cacheFolder(options.env, options.platform);
  const repls = createReplPool({ assetsDir: options.bundleDir, cacheDir });
  // Interpreters start while models are looked for and files are read; what fails here fails again, and is reported, when one is opened.
  repls.warmUp().catch(() => undefined);
  const files = diskFiles(options.dirs.map((location) => ({ location })));
  const openSpool = spoolsIn(join(cacheDir, 'corpora'));
  const { root, sub, sentence } = await chooseCliModels(options.models, options.env);
  const engine = createEngine({
    loadSnapshot: (signal) => buildSnapshot(files, options.snapshot ?? {}, signal, openSpool),
    models: { root, sub },
    repls,
    search: createCodeSearch({ assetsDir: options.bundleDir }),
    git: gitCli,
    symbols: createSymbolSource({ assetsDir: options.bundleDir }),
    clock: systemClock,
    hash: sha256,
    newRunId: () => randomUUID(),
    version: options.version,
  });
  return { engine, sentence };
}
