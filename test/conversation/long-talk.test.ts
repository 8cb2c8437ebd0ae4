import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { bundleScript, cacheDir, replAssets } from '../support/repl-assets.ts';

interface Told {
  /** After each question, once garbage was collected; `rssMb` is the whole process with its interpreter. */
  readonly samples: readonly { readonly heapMb: number; readonly rssMb: number }[];
  /** Characters of each question's opening. */
  readonly prompts: readonly number[];
  readonly wrong: readonly number[];
  readonly unfolded: string;
  readonly reopened: string;
  readonly rebuiltAnswer: string;
  readonly replayed: number;
  readonly heldByView: number;
}

const questions = 200;

async function longTalk(): Promise<Told> {
  const script = await bundleScript('test/conversation/long-talk.ts');
  const args = ['--expose-gc', script, await replAssets(), cacheDir, `${questions}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`It ended with ${status}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"samples"'))) as Told;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The medians of each 20 questions after the 20th. */
const windows = (values: readonly number[]): readonly number[] =>
  Array.from({ length: values.length / 20 - 1 }, (_, n) => median(values.slice((n + 1) * 20, (n + 2) * 20)));

it('200 questions in one conversation: memory stays flat, prompts bounded, the first answers can be opened', async () => {
  const { samples, prompts, ...told } = await longTalk();
  for (const kind of ['heapMb', 'rssMb'] as const) {
    const [first = 0, ...later] = windows(samples.map((sample) => sample[kind]));
    console.info(`${kind}: ${[first, ...later].map((mb) => mb.toFixed(1)).join(' ')}`);
    for (const mb of later) {
      expect(mb, kind).toBeLessThan(first * 1.1);
      expect(mb, kind).toBeGreaterThan(first * 0.9);
    }
  }
  console.info(`openings: ${[1, 20, 40, 100, 200].map((n) => prompts[n - 1]).join(' ')} characters`);
  expect(Math.max(...prompts)).toBeLessThan(24_000);
  expect(prompts[199]).toBeLessThan((prompts[49] ?? 0) * 1.05);
  expect(told.wrong).toEqual([]);
  expect(told.unfolded).toMatch(/^Answer 1:/);
  expect(told.reopened).toMatch(/^Answer 1:/);
  expect(told.rebuiltAnswer).toMatch(/^Answer 201:/);
  expect(told.replayed).toBe(2 * questions);
  expect(told.heldByView).toBeLessThanOrEqual(26);
}, 600_000);
