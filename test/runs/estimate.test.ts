import { expect, test } from 'vitest';
import { estimateNextRun, type RunSummary } from '../../src/runs/estimate.ts';

const models = { root: 'openai:gpt-5', sub: 'openai:gpt-5-mini' };
const run = (costUsd: number | null, change: Partial<RunSummary> = {}): RunSummary => ({
  ...{ ...models, costUsd, modelCalls: 10, tokens: 1000, totalMs: 20_000 },
  ...change,
});

test('without an earlier run of the same models nothing is said', () => {
  expect(estimateNextRun([], models, { maxCostUsd: 2 })).toBeUndefined();
  const others = [run(1, { root: 'openai:gpt-5.5' }), run(1, { sub: 'offline' }), run(0, { modelCalls: 0 })];
  expect(estimateNextRun(others, models, { maxCostUsd: 2 })).toBeUndefined();
});

test('few runs give their whole range, many its middle half', () => {
  const few = estimateNextRun([run(0.1), run(0.4), run(0.2)], models, { maxCostUsd: 2 });
  expect(few).toMatchObject({ runs: 3, costUsd: { low: 0.1, typical: 0.2, high: 0.4 } });
  const many = Array.from({ length: 9 }, (_, i) => run(i / 10, { tokens: i * 100, totalMs: i }));
  expect(estimateNextRun(many, models, { maxCostUsd: 2 })).toMatchObject({
    runs: 9,
    costUsd: { low: 0.2, typical: 0.4, high: 0.6 },
    tokens: { low: 200, typical: 400, high: 600 },
    ms: { low: 2, typical: 4, high: 6 },
  });
});

test('only the latest runs count, and no estimate is above the limit', () => {
  const runs = [...Array.from({ length: 30 }, () => run(9)), ...Array.from({ length: 20 }, () => run(0.1))];
  expect(estimateNextRun(runs, models, { maxCostUsd: 2 })).toMatchObject({ runs: 20, costUsd: { high: 0.1 } });
  expect(estimateNextRun([run(9)], models, { maxCostUsd: 2 })).toMatchObject({ costUsd: { high: 2 } });
});

test('unknown costs are left out; when all are, the cost is unknown', () => {
  expect(estimateNextRun([run(null), run(0.3)], models, { maxCostUsd: 2 })).toMatchObject({
    runs: 2,
    costUsd: { typical: 0.3 },
  });
  expect(estimateNextRun([run(null)], models, { maxCostUsd: 2 })?.costUsd).toBeNull();
});
