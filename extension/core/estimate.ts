import { cost, duration, plural, shortCount } from '../../src/runs/format.ts';
import type { StoredEntry } from './conversation-index.ts';

/** What a run that ended took. */
export interface Spent {
  readonly root: string;
  readonly sub: string;
  readonly ms: number;
  readonly tokens: number;
  /** `null`: the price of some call is unknown. */
  readonly costUsd: number | null;
}

/**
 * What a question is likely to take: the medians of this workspace's earlier questions to the same models. Empty when there
 * are none. An unknown cost stays unknown.
 */
export function estimateText(entries: readonly StoredEntry[], models: { readonly root: string; readonly sub: string }) {
  const earlier = entries
    .flatMap(({ spent }) => spent ?? [])
    .filter(({ root, sub }) => root === models.root && sub === models.sub);
  if (earlier.length === 0) return '';
  const costs = earlier.map(({ costUsd }) => costUsd).filter((usd) => usd !== null);
  const parts = [
    duration(median(earlier.map(({ ms }) => ms))),
    `${shortCount(median(earlier.map(({ tokens }) => tokens)))} tokens`,
    cost(costs.length === 0 ? null : median(costs)),
  ];
  return `About ${parts.join(' · ')} (median of ${plural(earlier.length, 'earlier question')} here)`;
}

/** @param values at least one */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0,
  ];
  return (low + high) / 2;
}
