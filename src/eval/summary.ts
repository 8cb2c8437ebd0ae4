import type { EvalRecord } from './record.ts';
import type { RetrievalScore } from './retrieval-score.ts';
import { bootstrap, type Estimate, meanOf, medianOf, wilson } from './statistics.ts';

/** One system on some items. `null`: nothing to measure it on. */
export interface Summary {
  readonly n: number;
  readonly accuracy: Estimate | null;
  readonly r1: Estimate | null;
  readonly r5: Estimate | null;
  readonly r10: Estimate | null;
  readonly mrr: Estimate | null;
  readonly span: Estimate | null;
  readonly complete: Estimate | null;
  readonly searched: Estimate | null;
  /** Standing citations among all citations. */
  readonly validity: number | null;
  readonly citations: number;
  /** The share of runs that ended with an answer. */
  readonly answered: number;
  /** Means for one item; `null` when the cost of some item is unknown. */
  readonly tokens: number;
  readonly calls: number;
  readonly costUsd: number | null;
  readonly totalCostUsd: number | null;
  /** Seconds. */
  readonly medianSeconds: number;
  readonly maxSeconds: number;
}

export function summarise(records: readonly EvalRecord[]): Summary {
  const retrieval = (name: keyof RetrievalScore) => bootstrap(known(records.map((one) => one.retrieval[name])));
  const citations = sum(records.map((one) => one.citations));
  const costs = known(records.map(({ costUsd }) => costUsd));
  const total = costs.length === records.length ? sum(costs) : null;
  const seconds = records.map(({ ms }) => ms / 1000);
  return {
    n: records.length,
    accuracy: wilson(known(records.map(({ right }) => right))),
    r1: retrieval('r1'),
    r5: retrieval('r5'),
    r10: retrieval('r10'),
    mrr: retrieval('mrr'),
    span: retrieval('span'),
    complete: retrieval('complete'),
    searched: bootstrap(known(records.map(({ searched }) => searched))),
    validity: citations === 0 ? null : sum(records.map(({ standing }) => standing)) / citations,
    citations,
    answered: meanOf(records.map(({ outcome }) => (outcome === 'answered' ? 1 : 0))),
    tokens: meanOf(records.map((one) => one.promptTokens + one.completionTokens)),
    calls: meanOf(records.map(({ modelCalls }) => modelCalls)),
    costUsd: total === null ? null : total / Math.max(1, records.length),
    totalCostUsd: total,
    medianSeconds: medianOf(seconds),
    maxSeconds: Math.max(0, ...seconds),
  };
}

/** What can be drawn against something: right answers, or gold files among the first five that were cited. */
export const measures = { accuracy: 'accuracy', r5: 'file recall@5' } as const;

export type Measure = keyof typeof measures;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const known = <T>(values: readonly (T | null)[]): readonly T[] => values.filter((value) => value !== null);
