import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonReport } from '../../../src/cli/json-report.ts';
import type { Asked } from '../server.ts';
import { assetsDir, cacheHome, stateHome } from './places.ts';
import { runWithPeak } from './process.ts';
import type { Server } from './server.ts';

export interface Answered {
  readonly wallMs: number;
  readonly peakMb: number;
  readonly report: Pick<JsonReport, 'outcome' | 'answer' | 'reason' | 'timings'>;
  /** What the server saw. */
  readonly asked: readonly Asked[];
}

/** The real client as a whole process, asking the scripted server. @throws when it does not answer. */
export async function ask(
  server: Server,
  marker: string,
  dir: string,
  more: readonly string[] = [],
): Promise<Answered> {
  const model = ['--model', 'openai:scripted', '--base-url', server.url];
  const args = [
    join(assetsDir, 'cli.js'),
    'ask',
    `[[script:${marker}]] Go.`,
    '--dir',
    dir,
    '--json',
    ...model,
    ...more,
  ];
  const env = { OPENAI_API_KEY: 'none', XDG_CACHE_HOME: cacheHome, XDG_STATE_HOME: stateHome, NO_COLOR: '1' };
  const { code, stdout, stderr, wallMs, peakMb } = await runWithPeak(args, env);
  const asked = await server.asked();
  if (code !== 0) throw new Error(`${marker}: exit code ${code}: ${stdout.slice(0, 500)} ${stderr.slice(-300)}`);
  return { wallMs, peakMb, report: JSON.parse(stdout) as JsonReport, asked };
}

/** A folder with one file. */
export async function withTinyFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'ask-codebase-bench-'));
  try {
    await writeFile(join(dir, 'a.txt'), 'one line\nand another\n');
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
