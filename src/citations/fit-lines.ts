import type { FoldedLines } from './anchor.ts';

/** Where cited lines fit best into a file. */
export interface Fit {
  /** Indexes into the folded lines, both included. */
  readonly from: number;
  readonly to: number;
  /** How many of the cited lines are there. */
  readonly kept: number;
}

/** Lines between two that match cost little, so that what belongs together stays together. */
const gapCost = 0.1;
const maxCells = 8_000_000;

/**
 * Aligns cited lines with any stretch of a file (https://en.wikipedia.org/wiki/Smith–Waterman_algorithm). A brace counts little.
 * @returns `undefined` when no line that says something is left.
 */
export function fitLines(file: FoldedLines, cited: readonly string[]): Fit | undefined {
  const { hashes, texts } = file;
  if (hashes.length * cited.length > maxCells) return undefined;
  const weights = texts.map((text) => (text.replace(/[^\p{L}\p{N}]/gu, '').length >= 3 ? 1 : 0.2));
  let row: Cell[] = hashes.map(() => nothing);
  let best: Cell = nothing;
  for (const hash of cited) {
    const next: Cell[] = [];
    for (let at = 0; at < hashes.length; at++) {
      const above = row[at] ?? nothing;
      const left = shrink(next[at - 1] ?? nothing);
      let cell = left.score > above.score ? left : above;
      if (hashes[at] === hash) cell = better(cell, extend(row[at - 1] ?? nothing, at, weights[at] ?? 0));
      next.push(cell);
      if (cell.score > best.score) best = cell;
    }
    row = next;
  }
  return best.solid ? { from: best.from, to: best.to, kept: best.kept } : undefined;
}

interface Cell {
  readonly score: number;
  readonly from: number;
  readonly to: number;
  readonly kept: number;
  /** Whether a line that says something is among them. */
  readonly solid: boolean;
}

const nothing: Cell = { score: 0, from: 0, to: -1, kept: 0, solid: false };

const shrink = (cell: Cell): Cell => (cell.score <= gapCost ? nothing : { ...cell, score: cell.score - gapCost });

const better = (a: Cell, b: Cell): Cell => (b.score > a.score ? b : a);

const extend = (before: Cell, at: number, weight: number): Cell => ({
  score: before.score + weight,
  from: before.kept === 0 ? at : before.from,
  to: at,
  kept: before.kept + 1,
  solid: before.solid || weight === 1,
});
