import { defaultLimits } from '../../../src/agent/limits.ts';
import type { BareCalls } from '../bare-client.ts';
import { ask, withTinyFolder } from '../support/client.ts';
import { type Figure, type Group, times } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { latencyMs, type Server, withServer } from '../support/server.ts';
import { repeat, sample } from '../support/stats.ts';

const atOnce = defaultLimits.maxConcurrent;

/** `llm_batch` in the real client, as the cell sees it, against as many waves of model calls as there must be. */
export const batch: Group = () =>
  withServer((server) =>
    withTinyFolder(async (dir) => {
      await ask(server, 'trivial', dir);
      const figures = [
        ...(await batchOf(64, 5, server, dir)),
        ...(await batchesInRun(64, 5, server, dir)),
        ...(await batchOf(1000, 3, server, dir)),
      ];
      const notes = [
        `${atOnce} requests at once, ${latencyMs} ms each.`,
        'Bare fetch: the same calls by a fresh process that does nothing else; what Node itself takes beyond the ideal.',
      ];
      return { figures, notes };
    }),
  );

async function batchOf(count: number, runs: number, server: Server, dir: string): Promise<readonly Figure[]> {
  const bare = await repeat(runs, () => measureIn<BareCalls>('bare-client', [server.url, 'item', count, atOnce]));
  await server.asked();
  const took = await repeat(runs, () => batchMs('batch', 1, count, server, dir));
  return [
    againstIdeal(`llm_batch of ${count}, in the first cell of a process`, count, took.flat(), 1.1),
    againstIdeal(
      `bare fetch of ${count}`,
      count,
      bare.map(({ allMs }) => allMs),
    ),
  ];
}

async function batchesInRun(count: number, runs: number, server: Server, dir: string): Promise<readonly Figure[]> {
  const took = await repeat(runs, () => batchMs('run', 2, count, server, dir));
  return [`llm_batch of ${count}, the first of a run (3rd cell)`, `llm_batch of ${count}, the second of a run`].map(
    (name, nth) =>
      againstIdeal(
        name,
        count,
        took.map((ms) => ms[nth] ?? Number.NaN),
        1.1,
      ),
  );
}

function againstIdeal(name: string, count: number, values: readonly number[], atMost?: number): Figure {
  const waves = Math.ceil(count / atOnce);
  const ideal = { name: `ideal: ${waves} waves`, value: sample([waves * latencyMs]) };
  return times({ name, unit: 'ms', measured: sample(values) }, ideal, atMost);
}

/** What each of the run's batches took. */
async function batchMs(
  script: string,
  batches: number,
  count: number,
  server: Server,
  dir: string,
): Promise<readonly number[]> {
  const { report, asked } = await ask(server, `${script} n=${count}`, dir, ['--max-calls', '3000']);
  const items = asked.filter(({ key }) => key === 'item').length;
  const found = [...report.answer.matchAll(/(\d+) good, ms=([\d.]+)/g)];
  if (items !== batches * count || found.length !== batches || found.some(([, good]) => Number(good) !== count))
    throw new Error(`${items} calls for ${batches} × ${count} items: ${report.answer}`);
  return found.map(([, , ms]) => Number(ms));
}
