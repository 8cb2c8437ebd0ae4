import type { ReplScan } from '../repl-scan.ts';
import { corpus } from '../support/corpus.ts';
import { type Group, type GroupResult, times } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { type SearchTool, searchTool } from '../support/ripgrep.ts';
import { repeat, sample } from '../support/stats.ts';

/** Reading a workspace, and counting a regular expression in all of its files. */
export const scan: Group = async () => {
  const { folder, description } = await corpus();
  const tool = searchTool();
  await tool.count(folder);
  const found = await repeat(7, () => tool.count(folder));
  const scans = await repeat(3, () => measureIn<ReplScan>('repl-scan', [folder]));
  const matches = new Set([...found, ...scans].map((one) => one.matches));
  if (matches.size !== 1) throw new Error(`The counts of matches differ: ${[...matches].join(', ')}`);
  const base = { name: tool.name, value: sample(found.map(({ ms }) => ms)) };
  return {
    figures: figuresOf(scans, base),
    notes: [
      ...description,
      `${[...matches]} matches, the same number from every tool. All warm, as many threads as ${name(tool)} takes.`,
    ],
  };
};

const name = ({ name }: SearchTool) => name.split(' ')[0];

type Baseline = Parameters<typeof times>[1];

function figuresOf(scans: readonly ReplScan[], tool: Baseline): GroupResult['figures'] {
  const read = { name: 'readFileSync of each', value: sample(scans.map(({ readMs }) => readMs)) };
  const figure = (name: string, values: readonly number[], baseline: Baseline, atMost?: number) =>
    times({ name, unit: 'ms', measured: sample(values) }, baseline, atMost);
  const firsts = (key: 'countMs' | 'grepMs') => scans.flatMap((one) => one[key].slice(0, 1));
  const warm = (key: 'countMs' | 'grepMs') => scans.flatMap((one) => one[key].slice(1));
  return [
    figure(
      'snapshot of the folder',
      scans.map(({ snapshotMs }) => snapshotMs),
      read,
    ),
    figure('grep() over all files, every hit with its line', warm('grepMs'), tool, 1.5),
    figure('the same, first time in a REPL', firsts('grepMs'), tool),
    figure('a plain loop: len(rx.findall(text)) per file', warm('countMs'), tool),
    figure('the same loop, first time in a REPL', firsts('countMs'), tool),
  ];
}
