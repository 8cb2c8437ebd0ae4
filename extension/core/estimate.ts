import type { RunEnd } from '../../src/engine-api.ts';
import { estimateNextRun, type RunSummary } from '../../src/runs/estimate.ts';
import { cost, duration, plural, shortCount } from '../../src/runs/format.ts';
import type { StoredEntry } from './conversation-index.ts';

interface Models {
  readonly root: string;
  readonly sub: string;
}

/** What a run took; nothing of one that was cut off, which says little of what a question takes. */
export function spentOn({ root, sub }: Models, { outcome, usage, timings }: RunEnd): RunSummary | undefined {
  if (outcome === 'cancelled' || outcome === 'failed') return undefined;
  const { modelCalls, promptTokens, completionTokens, costUsd } = usage;
  return { root, sub, modelCalls, tokens: promptTokens + completionTokens, costUsd, totalMs: timings.totalMs };
}

/** What a question is likely to take, from this workspace's earlier questions to the same models. Empty when there are none. */
export function estimateText(
  entries: readonly StoredEntry[],
  models: Models,
  limits: { readonly maxCostUsd: number },
): string {
  const oldestFirst = entries.toSorted((a, b) => (a.log < b.log ? -1 : 1));
  const estimate = estimateNextRun(
    oldestFirst.flatMap(({ spent }) => spent ?? []),
    models,
    limits,
  );
  if (estimate === undefined) return '';
  const { runs, ms, tokens, costUsd } = estimate;
  const parts = [duration(ms.typical), `${shortCount(tokens.typical)} tokens`, cost(costUsd?.typical ?? null)];
  const upTo = costUsd !== null && cost(costUsd.high) !== cost(costUsd.typical) ? ` (up to ${cost(costUsd.high)})` : '';
  return `About ${parts.join(' · ')}${upTo}, from ${plural(runs, 'earlier question')} here`;
}
