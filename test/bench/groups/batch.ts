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
      const figures = [...(await batchOf(64, 5, server, dir)), ...(await batchOf(1000, 3, server, dir))];
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
  const took = await repeat(runs, () => batchMs(count, server, dir));
  const waves = Math.ceil(count / atOnce);
  const ideal = { name: `ideal: ${waves} waves`, value: sample([waves * latencyMs]) };
  const figure = (name: string, values: readonly number[], atMost?: number) =>
    times({ name, unit: 'ms', measured: sample(values) }, ideal, atMost);
  const bareMs = bare.map(({ allMs }) => allMs);
  return [figure(`llm_batch of ${count}`, took, 1.1), figure(`bare fetch of ${count}`, bareMs)];
}

async function batchMs(count: number, server: Server, dir: string): Promise<number> {
  const { report, asked } = await ask(server, `batch n=${count}`, dir, ['--max-calls', '2000']);
  const items = asked.filter(({ key }) => key === 'item').length;
  if (items !== count || !report.answer.startsWith(`${count} good`))
    throw new Error(`${items} calls for ${count} items: ${report.answer}`);
  return Number(/ms=([\d.]+)/.exec(report.answer)?.[1]);
}
