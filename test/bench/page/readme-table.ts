import type { Figure } from '../support/figure.ts';
import { numberText } from '../support/table.ts';
import type { Published } from './published.ts';

const begin = '<!-- figures: written by `npm run bench -- --publish` -->';
const end = '<!-- /figures -->';

/** The README with its table of figures as measured: all that have a target. @throws when the markers are missing. */
export function withFigures(readme: string, results: Published): string {
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from === -1 || to < from) throw new Error(`README.md has no "${begin}" … "${end}"`);
  return `${readme.slice(0, from)}${begin}\n\n${tableOf(results)}\n\n${readme.slice(to)}`;
}

function tableOf({ groups }: Published): string {
  const rows = groups.flatMap(({ group, figures }) =>
    figures.flatMap((figure) => (figure.target === undefined ? [] : [[group, ...cells(figure)]])),
  );
  const all = [['group', 'figure', 'measured', 'against', 'target', ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function cells({ name, unit, measured, baseline, ratio, target }: Figure): readonly string[] {
  const against =
    baseline && ratio
      ? `${numberText(ratio.value)}× ${ratio.kind === 'times' ? '' : 'faster than '}${baseline.name}`
      : '';
  return [
    name,
    `${numberText(measured.median)} ${unit}`,
    against,
    target?.text ?? '',
    target?.met ? 'met' : '**missed**',
  ];
}
