import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { benchDir, binDir } from './places.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the wish for the process to the end of its output. */
  readonly wallMs: number;
}

export async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const startedAt = performance.now();
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  return { code, ...text, wallMs: performance.now() - startedAt };
}

/** Runs one of the bench's own processes, which prints its findings as JSON. */
export async function measureIn<T>(entry: string, args: readonly (string | number)[] = []): Promise<T> {
  const { code, stdout, stderr } = await run(process.execPath, [join(binDir, `${entry}.mjs`), ...args.map(String)]);
  if (code !== 0) throw new Error(`${entry} ended with code ${code}: ${stderr.trim().slice(-500)}`);
  return JSON.parse(stdout) as T;
}

/** Runs a Node script, and says how much memory its process took at most. */
export async function runWithPeak(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished & { readonly peakMb: number }> {
  const file = join(benchDir, `peak-${process.pid}`);
  const preload = ['--require', join(binDir, 'peak-memory.cjs')];
  const done = await run(process.execPath, [...preload, ...args], { ...env, BENCH_PEAK_FILE: file });
  const kilobytes = await readFile(file, 'utf8').catch(() => 'NaN');
  await rm(file, { force: true });
  return { ...done, peakMb: Number(kilobytes) / 1024 };
}
