import type { Gold, LineSpan } from './item.ts';

/** How well what was cited covers the gold; `null` where there is no gold of that kind. Each from 0 to 1. */
export interface RetrievalScore {
  readonly r1: number | null;
  readonly r5: number | null;
  readonly r10: number | null;
  /** 1 / the rank of the first gold file. */
  readonly mrr: number | null;
  /** The share of gold line ranges that a cited range overlaps. */
  readonly span: number | null;
  /** 1 when every gold file is cited. */
  readonly complete: number | null;
}

/** @param files ranked, each once. */
export function scoreRetrieval(gold: Gold, files: readonly string[], lines: readonly LineSpan[]): RetrievalScore {
  const span = gold.lines.length === 0 ? null : spanRecall(gold, lines);
  if (gold.files.length === 0) return { r1: null, r5: null, r10: null, mrr: null, span, complete: null };
  const recall = (k: number) => recallAt(gold, files, k);
  const rank = files.findIndex((path) => gold.files.includes(path) || gold.alternatives.includes(path));
  return {
    r1: recall(1),
    r5: recall(5),
    r10: recall(10),
    mrr: rank === -1 ? 0 : 1 / (rank + 1),
    span,
    complete: recall(files.length) === 1 ? 1 : 0,
  };
}

function recallAt(gold: Gold, files: readonly string[], k: number): number {
  const top = new Set(files.slice(0, k));
  if (gold.alternatives.some((path) => top.has(path))) return 1;
  return gold.files.filter((path) => top.has(path)).length / gold.files.length;
}

function spanRecall(gold: Gold, lines: readonly LineSpan[]): number {
  const hit = gold.lines.filter(([path, start, end]) =>
    lines.some(([cited, first, last]) => cited === path && first <= end && start <= last),
  );
  return hit.length / gold.lines.length;
}
