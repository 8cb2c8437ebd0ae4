import { expect, test } from 'vitest';
import { brokenPromises } from './broken-promises.ts';
import { runSeed, talkSeed } from './run-seed.ts';

const first = Number(process.env.FAULTS_FROM ?? 1);
const count = Number(process.env.FAULTS_RUNS ?? 1000);

const kinds = {
  'a run': async (seed: number) => [await runSeed(seed)],
  'a conversation': talkSeed,
} as const;

test.each(['a run', 'a conversation'] as const)(
  '%s keeps its promises whatever fails in it',
  { timeout: 3_600_000 },
  async (kind) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const broken: string[] = [];
    for (let seed = first; seed < first + count && broken.length < 20; seed++) {
      const promises = await kinds[kind](seed).then(
        (runs) => runs.flatMap(brokenPromises),
        (error: unknown) => [String(error)],
      );
      if (unhandled.length > 0) broken.push(`seed ${seed}: unhandled ${unhandled.splice(0).map(String)}`);
      if (promises.length > 0) broken.push(`seed ${seed}: ${promises.join('; ')}`);
    }
    process.off('unhandledRejection', note);
    expect(broken).toEqual([]);
  },
);
