import { expect, test } from 'vitest';
import { brokenPromises } from './broken-promises.ts';
import { runSeed } from './run-seed.ts';

const first = Number(process.env.FAULTS_FROM ?? 1);
const count = Number(process.env.FAULTS_RUNS ?? 1000);

test('a run keeps its promises whatever fails in it', { timeout: 3_600_000 }, async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const broken: string[] = [];
  for (let seed = first; seed < first + count && broken.length < 20; seed++) {
    const promises = await runSeed(seed).then(brokenPromises, (error: unknown) => [String(error)]);
    if (unhandled.length > 0) broken.push(`seed ${seed}: unhandled ${unhandled.splice(0).map(String)}`);
    if (promises.length > 0) broken.push(`seed ${seed}: ${promises.join('; ')}`);
  }
  process.off('unhandledRejection', note);
  expect(broken).toEqual([]);
});
