import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { times, within } from '../support/figure.ts';
import { sample } from '../support/stats.ts';
import { pageOf } from './page.ts';
import { resultsFile } from './publish.ts';
import { type Published, type PublishedGroup, published } from './published.ts';
import { withFigures } from './readme-table.ts';

const machine = { cores: 2, cpu: 'c', memoryGb: 8, load: 0, node: 'v24', pyodide: '1', platform: 'p' };
const group = (name: string, ms: number, more: Partial<PublishedGroup> = {}): PublishedGroup => ({
  group: name,
  seconds: 1,
  at: '2026-01-02T00:00:00.000Z',
  machine,
  notes: [],
  figures: [
    times({ name: `${name} <b>`, unit: 'ms', measured: sample([ms]) }, { name: 'other', value: sample([10]) }, 2),
  ],
  ...more,
});

test('the README and the page say what the committed results say', () => {
  const results = JSON.parse(readFileSync(resultsFile, 'utf8')) as Published;
  const readme = readFileSync('README.md', 'utf8');
  expect(withFigures(readme, results)).toBe(readme);
  expect(pageOf(results)).toBe(readFileSync('docs/bench/index.html', 'utf8'));
});

test('a figure of the README that is not the measured one is noticed', () => {
  const readme = readFileSync('README.md', 'utf8');
  const results = { groups: [group('scan', 15)] };
  const written = withFigures(readme, results);
  expect(written).toMatch(/\| scan +\| scan <b> +\| 15\.0 ms +\| 1\.50× other +\| ≤ 2× +\| met +\|/);
  expect(withFigures(written.replace('15.0 ms', '14.0 ms'), results)).toBe(written);
  expect(() => withFigures('# Nothing', results)).toThrow('figures');
});

test('the page shows met and missed, and asks nobody for anything', () => {
  const held = within({ name: 'held', unit: 'MB', measured: sample([1, 2, 3]) }, 4);
  const html = pageOf({ groups: [group('slow', 30), group('fast', 1), group('own', 1, { figures: [held] })] });
  expect(html).toContain('2 of 3 targets met');
  expect(html.match(/✗ missed/g)).toHaveLength(1);
  expect(html).toContain('slow &lt;b&gt;');
  expect(html).not.toMatch(/https?:|<script|<link|url\(/);
});

test('groups that were measured anew replace the older ones, those that failed do not', () => {
  const before = { groups: [group('a', 1), group('b', 2)] };
  const now = [group('b', 3), group('a', 4, { failed: 'broke', figures: [] }), group('c', 5)];
  const { groups } = published(before, now, ['c', 'b', 'a']);
  expect(groups.map((one) => [one.group, one.figures[0]?.measured.median])).toEqual([
    ['c', 5],
    ['b', 3],
    ['a', 1],
  ]);
});
