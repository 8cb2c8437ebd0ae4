/** What an earlier run of the workspace came to. */
export interface RunSummary {
  /** Specs. */
  readonly root: string;
  readonly sub: string;
  readonly modelCalls: number;
  /** Prompt and completion together. */
  readonly tokens: number;
  /** `null`: unknown. */
  readonly costUsd: number | null;
  readonly totalMs: number;
}

interface Range {
  readonly low: number;
  readonly typical: number;
  readonly high: number;
}

/** What the next question may take; each range is the middle half of the runs it rests on, or all when they are few. */
export interface RunEstimate {
  /** How many runs it rests on. */
  readonly runs: number;
  readonly modelCalls: Range;
  readonly tokens: Range;
  readonly ms: Range;
  /** US dollars; `null` when the cost of none of them is known. */
  readonly costUsd: Range | null;
}

/** Older runs were other questions to another state of the code. */
const mostRuns = 20;
/** From here on the middle half of the runs says more than all of them. */
const enoughForQuartiles = 5;

/**
 * An estimate from this workspace's earlier runs with the same models, newest last. A limit cuts it.
 * @returns `undefined` when there was none: then nothing is known, and nothing is said.
 */
export function estimateNextRun(
  earlier: readonly RunSummary[],
  models: { readonly root: string; readonly sub: string },
  limits: { readonly maxCostUsd: number },
): RunEstimate | undefined {
  const alike = earlier
    .filter(({ root, sub, modelCalls }) => root === models.root && sub === models.sub && modelCalls > 0)
    .slice(-mostRuns);
  if (alike.length === 0) return undefined;
  const costs = alike.flatMap(({ costUsd }) => (costUsd === null ? [] : [Math.min(costUsd, limits.maxCostUsd)]));
  return {
    runs: alike.length,
    modelCalls: rangeOf(alike.map((run) => run.modelCalls)),
    tokens: rangeOf(alike.map((run) => run.tokens)),
    ms: rangeOf(alike.map((run) => run.totalMs)),
    costUsd: costs.length === 0 ? null : rangeOf(costs),
  };
}

function rangeOf(values: readonly number[]): Range {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round((sorted.length - 1) * share)] ?? 0;
  const many = sorted.length >= enoughForQuartiles;
  return { low: at(many ? 0.25 : 0), typical: at(0.5), high: at(many ? 0.75 : 1) };
}
