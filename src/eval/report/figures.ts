import { type Measure, measures } from '../summary.ts';
import { type Evaluation, type KindReport, measuresOf, overall, type SystemRow, systemsOf } from './evaluation.ts';
import type { Axis, Plot, Point } from './plot.ts';
import { dollars } from './table.ts';
import { lengthText } from './words.ts';

/** Scores against the length of the context, where a kind comes in several lengths. */
export const lengthPlots = (kind: KindReport, systems: readonly string[]): readonly Plot[] =>
  kind.measures.flatMap((measure) => lengthPlot(kind, measure, systems) ?? []);

function lengthPlot({ kind, byLength }: KindReport, measure: Measure, systems: readonly string[]): Plot | undefined {
  const lengths = byLength.map(({ tokens }) => tokens);
  const [min, max] = [lengths[0], lengths.at(-1)];
  if (min === undefined || max === undefined || min === max) return undefined;
  const series = systems.flatMap((system, style) => {
    const points = byLength.flatMap(({ tokens, rows }) =>
      pointsOf(rows, system, measure, tokens, `at ${lengthText(tokens)} tokens`),
    );
    return points.length === 0 ? [] : [{ name: system, style, points }];
  });
  const ticks = lengths.map((value) => ({ value, text: lengthText(value) }));
  return {
    id: `${measure}-${kind.replaceAll(/\W+/g, '-')}`,
    title: `${kind}: ${measures[measure]} against context length`,
    description: series.map(({ name, points }) => `${name}: ${points.map(({ label }) => label).join(', ')}`).join('; '),
    x: { title: 'context length (tokens, logarithmic)', ticks, min, max, isLog: true },
    yTitle: measures[measure],
    series,
    joined: true,
  };
}

/** Cost against score, over all items. Where nothing costs anything, time stands in for it. */
export function costPlot(evaluation: Evaluation): Plot | undefined {
  const rows = overall(evaluation);
  const [measure] = measuresOf(rows);
  if (measure === undefined) return undefined;
  const byCost = rows.some(({ summary }) => (summary.costUsd ?? 0) > 0);
  const placeOf = ({ summary }: SystemRow) => (byCost ? summary.costUsd : summary.medianSeconds);
  const textOf = (value: number) => (byCost ? dollars(value) : `${Number(value.toPrecision(2))} s`);
  const systems = systemsOf(evaluation.records);
  const series = rows.flatMap((row) => {
    const value = placeOf(row);
    const points = value === null ? [] : pointsOf([row], row.system, measure, value, `for ${textOf(value)}`);
    return points.length === 0 ? [] : [{ name: row.system, style: systems.indexOf(row.system), points }];
  });
  const values = series.flatMap(({ points }) => points.map(({ x }) => x));
  if (values.length === 0) return undefined;
  const what = byCost ? 'cost of one item' : 'median time of one item';
  return {
    id: 'cost',
    title: `All items: ${measures[measure]} against ${what}`,
    description: series.map(({ name, points }) => `${name}: ${points.map(({ label }) => label).join('')}`).join('; '),
    x: axisOf(values, `${what}${byCost ? ' (US dollars)' : ' (seconds; nothing here costs money)'}`, textOf),
    yTitle: measures[measure],
    series,
    joined: false,
  };
}

function pointsOf(
  rows: readonly SystemRow[],
  system: string,
  measure: Measure,
  x: number,
  where: string,
): readonly Point[] {
  const row = rows.find((one) => one.system === system);
  const score = row?.summary[measure] ?? null;
  if (score === null) return [];
  const { mean, low, high, n } = score;
  const label = `${(mean * 100).toFixed(0)} % ${where} (${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}, n = ${n})`;
  return [{ x, y: mean, low, high, label }];
}

/** Logarithmic where all is above zero and far apart. */
function axisOf(values: readonly number[], title: string, textOf: (value: number) => string): Axis {
  const smallest = Math.min(...values);
  const largest = Math.max(...values);
  if (smallest > 0 && largest / smallest > 8) {
    const from = Math.floor(Math.log10(smallest));
    const to = Math.ceil(Math.log10(largest));
    const ticks = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
    return {
      title: `${title}, logarithmic`,
      ticks: ticks.map((value) => ({ value, text: textOf(value) })),
      min: 10 ** from,
      max: 10 ** to,
      isLog: true,
    };
  }
  const max = largest === 0 ? 1 : largest * 1.1;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => ({ value: part * max, text: textOf(part * max) }));
  return { title, ticks, min: 0, max, isLog: false };
}
