import type { Estimate } from '../statistics.ts';
import type { SystemRow } from './evaluation.ts';

/** A figure of a table: how it is headed, and how it is written. */
interface Column {
  readonly title: string;
  readonly cell: (row: SystemRow) => string;
}

const share = (value: number): string => `${(value * 100).toFixed(value === 0 || value === 1 ? 0 : 1)} %`;

const estimated = (estimate: Estimate | null): string =>
  estimate === null
    ? '–'
    : `${share(estimate.mean)} [${(estimate.low * 100).toFixed(0)}–${(estimate.high * 100).toFixed(0)}]`;

const all: readonly Column[] = [
  { title: 'system', cell: ({ system }) => system },
  { title: 'n', cell: ({ summary }) => String(summary.n) },
  { title: 'accuracy', cell: ({ summary }) => estimated(summary.accuracy) },
  { title: 'file recall@1', cell: ({ summary }) => estimated(summary.r1) },
  { title: 'file recall@5', cell: ({ summary }) => estimated(summary.r5) },
  { title: 'file recall@10', cell: ({ summary }) => estimated(summary.r10) },
  { title: 'MRR', cell: ({ summary }) => summary.mrr?.mean.toFixed(3) ?? '–' },
  { title: 'span recall', cell: ({ summary }) => estimated(summary.span) },
  { title: 'complete', cell: ({ summary }) => estimated(summary.complete) },
  { title: 'files searched', cell: ({ summary }) => (summary.searched === null ? '–' : share(summary.searched.mean)) },
  {
    title: 'citations that stand',
    cell: ({ summary: { validity, citations } }) => (validity === null ? '–' : `${share(validity)} of ${citations}`),
  },
  { title: 'answered', cell: ({ summary }) => share(summary.answered) },
  { title: 'tokens', cell: ({ summary }) => Math.round(summary.tokens).toLocaleString('en') },
  { title: 'calls', cell: ({ summary }) => summary.calls.toFixed(1) },
  { title: 'cost', cell: ({ summary }) => dollars(summary.costUsd) },
  { title: 'median s', cell: ({ summary }) => seconds(summary.medianSeconds) },
  { title: 'max s', cell: ({ summary }) => seconds(summary.maxSeconds) },
];

export const dollars = (cost: number | null): string =>
  cost === null ? 'unknown' : cost === 0 ? '$0' : `$${Number(cost.toPrecision(2))}`;

const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

export interface Table {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A row for each system; columns that say nothing are left out. */
export function tableOf(rows: readonly SystemRow[]): Table {
  const columns = all.filter(({ cell }) => rows.some((row) => cell(row) !== '–'));
  return { titles: columns.map(({ title }) => title), rows: rows.map((row) => columns.map(({ cell }) => cell(row))) };
}

/** Widths aligned, for Markdown and terminals alike. */
export function markdownTable({ titles, rows }: Table): string {
  const lines = [titles, ...rows];
  const widths = titles.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)));
  const padded = (line: readonly string[]) =>
    `| ${line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [padded(titles), rule, ...rows.map(padded)].join('\n');
}
