import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReplStart } from '../repl-start.ts';
import { faster, type Group } from '../support/figure.ts';
import { benchDir, cacheDir } from '../support/places.ts';
import { measureIn } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** From the wish for a REPL to its first cell's answer. */
export const start: Group = async () => {
  const stock = await repeat(5, () => measureIn<number>('load-pyodide'));
  const cold = await repeat(3, withoutSnapshot);
  await measureIn<ReplStart>('repl-start', [cacheDir, 'first']);
  const starts = await repeat(5, () => measureIn<ReplStart>('repl-start', [cacheDir]));
  const baseline = { name: 'loadPyodide()', value: sample(stock) };
  const figure = (name: string, values: readonly number[], atLeast?: number) =>
    faster({ name, unit: 'ms', measured: sample(values) }, baseline, atLeast);
  const later = starts.flatMap((one) => one.laterMs);
  return {
    figures: [
      figure('cold: no snapshot; it is made on the way', cold),
      figure(
        'from the snapshot, 1st in a process',
        starts.map((one) => one.firstMs),
        8,
      ),
      figure('2nd–8th in a process, no worker ready', later, 8),
      figure(
        'a worker kept ready (as the client does)',
        starts.map((one) => one.warmMs),
        8,
      ),
      figure(
        'eight at once, until the last answers',
        starts.map((one) => one.eightMs),
      ),
    ],
    notes: [
      'Every start is in a fresh process and a worker of its own, from its request to the answer of `1 + 1`.',
      'The 1st loads, hashes and compiles the assets as well. There is no cold start that does not make the snapshot.',
    ],
  };
};

async function withoutSnapshot(): Promise<number> {
  const folder = await mkdtemp(join(benchDir, 'cold-'));
  try {
    return (await measureIn<ReplStart>('repl-start', [folder, 'first'])).firstMs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
