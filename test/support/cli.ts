import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface CliResult {
  /** `null` when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
}

export interface CliOptions {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the process once it runs, to send it signals. */
  readonly meanwhile?: (kill: (signal: NodeJS.Signals) => void) => Promise<void>;
}

/** Runs the real client, `dist/cli.js`, with an environment of its own: no key, its state in `home`. */
export async function runCli(home: string, { args, env = {}, meanwhile }: CliOptions): Promise<CliResult> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join('.cache', 'test-home'), NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const closed = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  await meanwhile?.((signal) => child.kill(signal));
  return { code: await closed, ...text, ms: performance.now() - startedAt };
}

/** A folder with these files, and the function that removes it. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await mkdtemp(join(tmpdir(), 'ask-codebase-test-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
