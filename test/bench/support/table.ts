import type { Figure } from './figure.ts';
import type { Sample } from './stats.ts';

const headings = ['figure', 'median (min–max, n)', 'baseline', 'ratio', 'target', ''] as const;

/** A group's figures as aligned lines. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [headings, ...figures.map(rowOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function rowOf({ name, unit, measured, baseline, ratio, target, note }: Figure): readonly string[] {
  return [
    note === undefined ? name : `${name} (${note})`,
    `${sampleText(measured)} ${unit}`,
    baseline === undefined ? '' : `${numberText(baseline.value.median)} ${unit} ${baseline.name}`,
    ratio === undefined ? '' : `${numberText(ratio.value)}×${ratio.kind === 'times' ? '' : ' faster'}`,
    target?.text ?? '',
    target === undefined ? '' : target.met ? 'pass' : 'MISS',
  ];
}

function sampleText({ median, min, max, count }: Sample): string {
  return count === 1 ? numberText(median) : `${numberText(median)} (${numberText(min)}–${numberText(max)}, ${count})`;
}

/** Three digits that mean something. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}
