import { stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exportedRun } from '../runs/node/exported-run.ts';
import { CliError } from './cli-error.ts';
import { type CliHost, print } from './cli-host.ts';
import type { ExportCommand } from './log-arguments.ts';
import { openRun } from './opened-run.ts';
import { sanitizeLine } from './sanitize.ts';
import { secretsOf } from './secrets.ts';

/** Writes runs in another form. @returns 0. @throws CliError */
export async function exportRuns({ format, files, output, dirs }: ExportCommand, host: CliHost): Promise<number> {
  const { env, bundleDir, cwd } = host;
  const workspaces = (dirs.length === 0 ? ['.'] : dirs).map((dir) => resolve(cwd, dir));
  const options = { secrets: [...secretsOf(env, {}), ...namedSecrets(env)], workspaces, env, bundleDir };
  const parts: string[] = [];
  for (const file of files) {
    const { events } = await openRun(file, host);
    parts.push(await exportedRun(events, format, options));
  }
  const text = parts.join('');
  if (text === '') throw new CliError('no agent got a reply of a model in these runs: there is nothing to train on', 1);
  if (output === undefined) await print(host.stdout, text);
  else await write(output, text, host, files);
  return 0;
}

/** Whatever the environment calls a secret. */
const namedSecrets = (env: CliHost['env']): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) =>
    /(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/i.test(name) && value ? [value] : [],
  );

async function write(output: string, text: string, host: CliHost, inputs: readonly string[]): Promise<void> {
  const path = resolve(host.cwd, output);
  const info = await stat(path).catch(() => undefined);
  const logs = await Promise.all(inputs.map((file) => stat(resolve(host.cwd, file))));
  // By another name or a link, too.
  if (logs.some(({ dev, ino }) => dev === info?.dev && ino === info.ino))
    throw new CliError(`'${output}' is the log itself; give --output another name`, 2);
  if (info?.isDirectory()) throw new CliError(`--output takes a file, and '${output}' is a folder`, 2);
  await writeFile(path, text).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    throw new CliError(`'${output}' cannot be written (${code})`, 1);
  });
  host.stderr.write(`Written: ${sanitizeLine(output)}\n`);
}
