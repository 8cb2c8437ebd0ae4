import { defaultLimits } from '../../../src/agent/limits.ts';
import { ask, withTinyFolder } from '../support/client.ts';
import { type Figure, type Group, times } from '../support/figure.ts';
import { latencyMs, type Server, withServer } from '../support/server.ts';
import { repeat, sample } from '../support/stats.ts';

/** `llm_batch` in the real client, as the cell sees it, against as many waves of model calls as there must be. */
export const batch: Group = () =>
  withServer((server) =>
    withTinyFolder(async (dir) => {
      await ask(server, 'trivial', dir);
      const figures = [await batchOf(64, 5, server, dir), await batchOf(1000, 3, server, dir)];
      return { figures, notes: [`${defaultLimits.maxConcurrent} requests at once, ${latencyMs} ms each.`] };
    }),
  );

async function batchOf(count: number, runs: number, server: Server, dir: string): Promise<Figure> {
  const took = await repeat(runs, async () => {
    const { report, asked } = await ask(server, `batch n=${count}`, dir, ['--max-calls', '2000']);
    const items = asked.filter(({ key }) => key === 'item').length;
    if (items !== count || !report.answer.startsWith(`${count} good`))
      throw new Error(`${items} calls for ${count} items: ${report.answer}`);
    return Number(/ms=([\d.]+)/.exec(report.answer)?.[1]);
  });
  const waves = Math.ceil(count / defaultLimits.maxConcurrent);
  const ideal = { name: `ideal: ${waves} waves`, value: sample([waves * latencyMs]) };
  return times({ name: `llm_batch of ${count}`, unit: 'ms', measured: sample(took) }, ideal, 1.1);
}
