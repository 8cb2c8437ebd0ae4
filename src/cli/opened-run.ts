import { resolve } from 'node:path';
import type { Damage } from '../runs/log-format.ts';
import { type ReadRun, readRun } from '../runs/node/read-run.ts';
import { CliError } from './cli-error.ts';
import type { CliHost } from './cli-host.ts';
import { sanitizeLine } from './sanitize.ts';

/** Reads the log of a run; says on stderr what is missing in it. @throws CliError */
export async function openRun(file: string, host: CliHost): Promise<ReadRun> {
  const run = await readRun(resolve(host.cwd, file)).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    if (code === 'ENOENT') throw new CliError(`there is no file '${file}'`, 2);
    throw new CliError(`'${file}' cannot be read (${code})`, 2);
  });
  if (run === undefined) throw new CliError(`'${file}' is no log of a run (of Ask Codebase, rlm or fast-rlm)`, 2);
  if (run.damaged.length > 0)
    host.stderr.write(`ask-codebase: ${sanitizeLine(`${file}: ${damageText(run.damaged)}`)}\n`);
  return run;
}

function damageText(damaged: readonly Damage[]): string {
  const lines = damaged.map(({ line }) => line);
  return `${damaged.length} places could not be read (line ${[...new Set(lines)].slice(0, 5).join(', ')}); the rest is shown`;
}
