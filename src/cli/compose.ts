import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createEngine } from '../engine.ts';
import type { EnginePorts } from '../engine-api.ts';
import { gitCli } from '../git/node/git-cli.ts';
import { createReplPool } from '../repl/node/pool.ts';
import type { SandboxKind } from '../repl/node/sandbox.ts';
import { createCodeSearch } from '../search/node/worker-search.ts';
import { createSymbolSource } from '../symbols/node/worker-symbols.ts';
import { systemClock } from '../util/node/system-clock.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { spoolsIn } from '../workspace/node/corpus-spool.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import { chooseCliModels } from './chosen-models.ts';
import type { Composed, ComposeOptions } from './cli-host.ts';
import { sha256 } from './sha256.ts';
import { cacheFolder } from './user-folders.ts';

type Place = Pick<ComposeOptions, 'bundleDir' | 'version' | 'env' | 'platform'> & { readonly sandbox?: SandboxKind };

/** What engines of this machine have in common, whatever they are asked about and whichever models they ask. */
export function composePorts({
  bundleDir,
  version,
  env,
  platform,
  sandbox = 'thread',
}: Place): Omit<EnginePorts, 'loadSnapshot' | 'models'> {
  const repls = createReplPool({ assetsDir: bundleDir, cacheDir: cacheFolder(env, platform), sandbox });
  // Interpreters start while models are looked for and files are read; what fails here fails again, and is reported, when one is opened.
  repls.warmUp().catch(() => undefined);
  return {
    repls,
    search: createCodeSearch({ assetsDir: bundleDir }),
    git: gitCli,
    symbols: createSymbolSource({ assetsDir: bundleDir }),
    clock: systemClock,
    hash: sha256,
    newRunId: () => randomUUID(),
    version,
  };
}

/** The engine over this machine's disk, processes and network: the one place of the client that wires. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const ports = composePorts(options);
  const files = diskFiles(options.dirs.map((location) => ({ location })));
  const openSpool = spoolsIn(join(cacheFolder(options.env, options.platform), 'corpora'));
  const { root, sub, sentence } = await chooseCliModels(options.models, options.env);
  const engine = createEngine({
    ...ports,
    loadSnapshot: (signal) => buildSnapshot(files, options.snapshot ?? {}, signal, openSpool),
    models: { root, sub },
  });
  return { engine, sentence };
}
