import type { Prediction, Row } from './rows.ts';

/** Means over some rows. `span`: the share of gold line ranges that a cited range overlaps. */
export interface Scores {
  readonly n: number;
  readonly 'r@1': number;
  readonly 'r@5': number;
  readonly 'r@10': number;
  readonly mrr: number;
  readonly span: number;
  readonly 'median s': number;
  readonly 'max s': number;
  readonly unverified: number;
}

export function score(rows: readonly Row[], predictions: ReadonlyMap<string, Prediction>): Scores {
  const pairs = rows.map((row) => [row, predictions.get(row.id) ?? nothing(row.id)] as const);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const recall = (k: number) => mean(pairs.map(([row, { files }]) => recallAt(row, files, k)));
  const withLines = pairs.filter(([row]) => (row.gold_lines ?? []).length > 0);
  const seconds = pairs.map(([, { ms }]) => ms / 1000).toSorted((a, b) => a - b);
  return {
    n: rows.length,
    'r@1': recall(1),
    'r@5': recall(5),
    'r@10': recall(10),
    mrr: mean(pairs.map(([row, { files }]) => reciprocalRank(row, files))),
    span: mean(withLines.map(([row, { lines }]) => spanRecall(row, lines))),
    'median s': seconds[Math.floor(seconds.length / 2)] ?? 0,
    'max s': seconds.at(-1) ?? 0,
    unverified: pairs.reduce((sum, [, { unverified }]) => sum + unverified, 0),
  };
}

const nothing = (id: string): Prediction => ({ id, answer: '', files: [], lines: [], ms: 0, unverified: 0 });

function recallAt({ gold_files, gold_alternatives = [] }: Row, files: readonly string[], k: number): number {
  const top = new Set(files.slice(0, k));
  const viaAlternative = gold_alternatives.some((path) => top.has(path));
  return gold_files.filter((path) => viaAlternative || top.has(path)).length / gold_files.length;
}

function reciprocalRank({ gold_files, gold_alternatives = [] }: Row, files: readonly string[]): number {
  const rank = files.findIndex((path) => gold_files.includes(path) || gold_alternatives.includes(path));
  return rank === -1 ? 0 : 1 / (rank + 1);
}

function spanRecall({ gold_lines = [] }: Row, lines: Prediction['lines']): number {
  const hit = gold_lines.filter(([path, start, end]) =>
    lines.some(([cited, first, last]) => cited === path && first <= end && start <= last),
  );
  return hit.length / gold_lines.length;
}
