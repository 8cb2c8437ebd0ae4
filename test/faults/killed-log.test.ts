import { mkdtemp, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/events.ts';
import { exportedRun } from '../../src/runs/node/exported-run.ts';
import { readRun } from '../../src/runs/node/read-run.ts';
import { openRunLog } from '../../src/runs/node/run-log.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { runSeed } from './run-seed.ts';

/** All of these take a minute: with FAULTS_RUNS. */
const seeds = process.env.FAULTS_RUNS === undefined ? [11] : [4, 11, 29];
/** Of two, three and four bytes, so that cuts tear them. */
const question = 'Wörter 是 🙂?';

/** The log that a run in which anything fails left, and its events. */
async function logOf(seed: number, folder: string) {
  const { events } = await runSeed(seed);
  const file = join(folder, `${seed}.jsonl`);
  const log = openRunLog(file);
  const told = events.map((event): RunEvent => (event.type === 'run-start' ? { ...event, question } : event));
  for (const event of told) log.write(event);
  await log.close();
  return { file, events: told.filter(({ type }) => type !== 'model-delta') };
}

/** What a person does with a log: shows it, and takes it along. */
async function useOf(events: readonly RunEvent[]): Promise<void> {
  const options = { secrets: [], workspaces: [], env: {}, bundleDir: '' };
  describeRun(events);
  for (const format of ['json', 'md', 'sft', 'verifiers'] as const) await exportedRun(events, format, options);
}

test.each(seeds)('the log of seed %i is readable after a kill at any byte', { timeout: 600_000 }, async (seed) => {
  const folder = await mkdtemp(join(tmpdir(), 'killed-'));
  const { file, events } = await logOf(seed, folder);
  const text = await readFile(file);
  const { size } = await stat(file);
  let shown = -1;
  for (let bytes = size; bytes >= 0; bytes--) {
    await truncate(file, bytes);
    const run = await readRun(file);
    const read = run?.events ?? [];
    const whole = text.subarray(0, bytes).filter((byte) => byte === 10).length;
    // The last line may be whole but for its end.
    const most = text[bytes] === 10 ? whole + 1 : whole;
    if (read.length !== most || (run?.damaged ?? []).some(({ kind }) => kind !== 'cut-line'))
      expect({ bytes, events: read.length, damaged: run?.damaged }).toEqual({ bytes, events: most, damaged: [] });
    if (read.length === shown) continue;
    shown = read.length;
    expect(JSON.stringify(read)).toBe(JSON.stringify(events.slice(0, shown)));
    await useOf(read);
  }
  await rm(folder, { recursive: true });
  console.log(`seed ${seed}: cut at each of ${size} bytes, ${events.length} events`);
});
