import { expect, test } from 'vitest';
import { EvalLedger } from '../../src/eval/budget.ts';
import type { EvalRecord } from '../../src/eval/record.ts';
import { type EvalTask, runSchedule, tasksOf } from '../../src/eval/schedule.ts';
import { itemOf, recordOf } from './support.ts';

const tasks = tasksOf(
  ['one', 'two', 'three', 'four', 'five'].map((id) => itemOf(id)),
  ['base', 'rlm-1'],
  2,
);
const unlimited = { maxCostUsd: Number.POSITIVE_INFINITY, maxTokens: Number.POSITIVE_INFINITY };
const nothing = { costUsd: 0, tokens: 0 };

interface Asked {
  readonly budget?: typeof unlimited;
  readonly parallel?: number;
  readonly answer?: (task: EvalTask) => Promise<EvalRecord | undefined>;
  readonly signal?: AbortSignal;
}

async function run({ budget = unlimited, parallel = 3, answer, signal }: Asked) {
  const kept: string[] = [];
  let running = 0;
  let most = 0;
  const ledger = new EvalLedger(budget, { maxCostUsd: 2, maxTokens: 1000 }, nothing);
  const ended = await runSchedule({
    tasks,
    parallel,
    ledger,
    signal: signal ?? new AbortController().signal,
    answer: async (task) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return answer === undefined ? recordOf(task) : await answer(task);
    },
    keep: async ({ key }) => void kept.push(key),
  });
  return { kept, most, ended, spent: ledger.spent };
}

test('every item is answered by every system as often as asked, each once', async () => {
  const { kept, most, ended } = await run({});
  expect(kept.toSorted()).toEqual(tasks.map(({ key }) => key).toSorted());
  expect(new Set(kept).size).toBe(20);
  expect([most, ended]).toEqual([3, undefined]);
});

test('what may be spent in all is never overspent, and what fits is done', async () => {
  // A run may cost 2 and costs 0.5: after 7 there is 6.5 spent or kept, and 3 more cannot begin.
  const { kept, ended, spent } = await run({ budget: { ...unlimited, maxCostUsd: 5 } });
  expect(ended).toBe('budget');
  expect(spent.costUsd).toBeLessThanOrEqual(5);
  expect(kept).toHaveLength(7);
  const tokens = await run({ budget: { ...unlimited, maxTokens: 1500 } });
  expect(tokens.kept).toHaveLength(6);
  // A budget below that of one run is one run's.
  expect((await run({ budget: { ...unlimited, maxCostUsd: 0.6 } })).kept).toHaveLength(1);
});

test('a run that breaks ends the evaluation; what others found meanwhile is kept', async () => {
  let count = 0;
  const answer = async (task: EvalTask) => {
    if (++count === 4) throw new Error('the disk is gone');
    return recordOf(task);
  };
  await expect(run({ answer, parallel: 1 })).rejects.toThrow('the disk is gone');
  expect(count).toBe(4);
});

test('an interruption ends it, and what was cut off is no result', async () => {
  const stop = new AbortController();
  let count = 0;
  const answer = async (task: EvalTask) => {
    if (++count === 5) stop.abort();
    return stop.signal.aborted ? undefined : recordOf(task);
  };
  const { kept, ended } = await run({ answer, signal: stop.signal, parallel: 1 });
  expect(kept).toHaveLength(4);
  expect(ended).toBe('interrupted');
});
