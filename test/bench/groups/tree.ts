import type { PixelCosts } from '../../support/pixel-costs.ts';
import type { TreeCosts } from '../run-tree.ts';
import { type Figure, type Group, times } from '../support/figure.ts';
import { measureIn, run } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** The run tree: an event must cost about the same however large the run is, up to the pixels. */
export const tree: Group = async () => ({
  figures: [await reduced(), await drawn()],
  notes: ['Drawn: every batch unfolded, in headless Chromium, until the end of the frame; it draws 60 in a second.'],
});

async function reduced(): Promise<Figure> {
  const runs = await repeat(3, () => measureIn<TreeCosts>('run-tree'));
  const baseline = { name: 'with 100', value: sample(runs.flatMap(({ us100 }) => us100)) };
  const measured = sample(runs.flatMap(({ us10000 }) => us10000));
  return times({ name: 'an event with 10,000 agents', unit: 'µs', measured }, baseline, 5);
}

async function drawn(): Promise<Figure> {
  const { code, stdout, stderr } = await run(process.execPath, ['test/webview/tree-pixels.ts']);
  if (code !== 0) throw new Error(`The tree could not be drawn: ${stderr.trim().slice(-500)}`);
  const { ms100, ms10000 } = JSON.parse(stdout) as PixelCosts;
  const baseline = { name: 'with 100', value: sample(ms100) };
  return times({ name: 'events to pixels with 10,000', unit: 'ms', measured: sample(ms10000) }, baseline, 2);
}
