import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Journal, JournalError } from '../../src/eval/node/journal.ts';
import type { EvalPlan } from '../../src/eval/plan.ts';
import { tasksOf } from '../../src/eval/schedule.ts';
import { itemOf, recordOf } from './support.ts';

const plan: EvalPlan = { type: 'plan', items: 'abc', models: { root: 'a', sub: 'b' }, limits: { maxCalls: 5 } };
const tasks = tasksOf([itemOf('one'), itemOf('two')], ['base'], 2);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ask-codebase-journal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function keepRest(file: string): Promise<number> {
  const journal = await Journal.open(file, plan);
  const rest = tasks.filter(({ key }) => !journal.records.has(key));
  for (const task of rest) await journal.keep(recordOf(task));
  await journal.close();
  return rest.length;
}

test('whatever byte a kill ended it at, it goes on without losing or repeating a result', async () => {
  const whole = join(folder, 'whole.jsonl');
  await keepRest(whole);
  const bytes = await readFile(whole);
  const file = join(folder, 'cut.jsonl');
  for (let length = 0; length <= bytes.length; length++) {
    await writeFile(file, bytes.subarray(0, length));
    const kept = bytes.subarray(0, length).filter((byte) => byte === 10).length - 1;
    expect(await keepRest(file), `cut at ${length}`).toBe(4 - Math.max(0, kept));
    expect((await readFile(file)).equals(bytes), `cut at ${length}`).toBe(true);
  }
});

test('a place that cannot be written is told as such', async () => {
  const file = join(folder, 'a-folder.jsonl');
  await mkdir(file);
  await expect(Journal.open(file, plan)).rejects.toThrow(/^results cannot be kept in '.*give --out another folder$/);
  await expect(Journal.open(file, plan)).rejects.toThrow(JournalError);
});

test('results of another evaluation are not mixed in, and no other file is touched', async () => {
  const file = join(folder, 'other.jsonl');
  await keepRest(file);
  const other = { ...plan, models: { root: 'x', sub: 'b' } };
  await expect(Journal.open(file, other)).rejects.toThrow('another evaluation (other models: a and b)');
  await expect(Journal.open(file, { ...plan, items: 'abd' })).rejects.toThrow('other questions');
  await expect(Journal.open(file, { ...plan, limits: { maxCalls: 6 } })).rejects.toThrow('other limits');
  const notes = join(folder, 'notes.jsonl');
  await writeFile(notes, '{"mine": 1}\n{"half');
  await expect(Journal.open(notes, plan)).rejects.toThrow('holds no results');
  expect(await readFile(notes, 'utf8')).toBe('{"mine": 1}\n{"half');
});

test('two processes do not write into one file', async () => {
  const file = join(folder, 'held.jsonl');
  // The parent of this process lives as long as the test.
  await writeFile(`${file}.lock`, String(process.ppid));
  await expect(Journal.open(file, plan)).rejects.toThrow(`process ${process.ppid} is writing these results`);
  // One that is gone holds nothing.
  await writeFile(`${file}.lock`, '999999999');
  expect(await keepRest(file)).toBe(4);
});
