import { randomUUID } from 'node:crypto';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-api.ts';
import { gitCli } from '../git/node/git-cli.ts';
import type { LanguageModel } from '../models/model.ts';
import { createModel } from '../models/node/create-model.ts';
import { offlineModel } from '../models/offline/offline-model.ts';
import { createReplPool } from '../repl/node/pool.ts';
import { createSymbolSource } from '../symbols/node/worker-symbols.ts';
import { buildSnapshot } from '../workspace/build-snapshot.ts';
import { diskFiles } from '../workspace/node/disk-files.ts';
import { CliError } from './cli-error.ts';
import type { ComposeOptions } from './cli-host.ts';
import { sha256 } from './sha256.ts';
import { systemClock } from './system-clock.ts';
import { cacheFolder } from './user-folders.ts';

/** The engine over this machine's disk, processes and network: the one place of the client that wires. */
export async function compose(options: ComposeOptions): Promise<Engine> {
  const root = modelOf(options.model, options);
  const sub = options.subModel === options.model ? root : modelOf(options.subModel, options);
  const cacheDir = cacheFolder(options.env, options.platform);
  const repls = createReplPool({ assetsDir: options.bundleDir, cacheDir });
  // Interpreters start while the files are read; what fails here fails again, and is reported, when one is opened.
  repls.warmUp().catch(() => undefined);
  const files = diskFiles(options.dirs.map((location) => ({ location })));
  return createEngine({
    loadSnapshot: (signal) => buildSnapshot(files, {}, signal),
    models: { root, sub },
    repls,
    git: gitCli,
    symbols: createSymbolSource({ assetsDir: options.bundleDir }),
    clock: systemClock,
    hash: sha256,
    newRunId: () => randomUUID(),
    version: options.version,
  });
}

function modelOf(spec: string, { baseUrl, apiKey }: ComposeOptions): LanguageModel {
  const created = createModel(spec, { baseUrl, apiKey, offline: () => offlineModel });
  if (created.kind === 'problem') throw new CliError(created.problem, 2);
  return created.model;
}
