import type { TreeCosts } from '../run-tree.ts';
import { type Group, times } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** The run tree: an event must cost about the same however large the run is. */
export const tree: Group = async () => {
  const runs = await repeat(3, () => measureIn<TreeCosts>('run-tree'));
  const baseline = { name: 'with 100', value: sample(runs.flatMap(({ us100 }) => us100)) };
  const measured = sample(runs.flatMap(({ us10000 }) => us10000));
  return { figures: [times({ name: 'an event with 10,000 agents', unit: 'µs', measured }, baseline, 5)] };
};
