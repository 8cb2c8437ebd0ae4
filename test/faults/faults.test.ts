import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenPromises } from './broken-promises.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { filesSeed } from './files-seed.ts';
import { runSeed, type SeededRun, talkSeed } from './run-seed.ts';
import { serveSeed } from './serve-seed.ts';

const first = Number(process.env.FAULTS_FROM ?? 1);
const count = Number(process.env.FAULTS_RUNS ?? 1000);

let server: FaultyServer;
beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.close());

interface Kind {
  readonly run: (seed: number) => Promise<readonly SeededRun[]>;
  /** Seeds for each that a run in memory gets. */
  readonly share: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  'a run': { run: async (seed) => [await runSeed(seed)], share: 1 },
  'a conversation': { run: talkSeed, share: 1 },
  'a run over a failing disk': { run: async (seed) => [await filesSeed(seed)], share: 1 },
  'a run over real connections': { run: async (seed) => [await serveSeed(seed, server)], share: 0.2 },
};

test.each(Object.entries(kinds))(
  '%s keeps its promises whatever fails in it',
  { timeout: 7_200_000 },
  async (name, { run, share }) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    process.on('uncaughtException', note);
    const broken: string[] = [];
    const outcomes = new Map<string, number>();
    for (let seed = first; seed < first + count * share && broken.length < 20; seed++) {
      const promises = await run(seed).then(
        (runs) => {
          for (const { end } of runs) outcomes.set(end.outcome, (outcomes.get(end.outcome) ?? 0) + 1);
          return runs.flatMap(brokenPromises);
        },
        (error: unknown) => [String(error)],
      );
      if (unhandled.length > 0) broken.push(`seed ${seed}: unhandled ${unhandled.splice(0).map(String)}`);
      if (promises.length > 0) broken.push(`seed ${seed}: ${promises.join('; ')}`);
    }
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
    console.log(`${name}, from seed ${first}:`, Object.fromEntries(outcomes));
    expect(broken).toEqual([]);
  },
);
