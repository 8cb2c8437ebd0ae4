import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type EvalItem, noGold } from '../../src/eval/item.ts';
import { type OracleSkill, oracleModel } from '../../src/eval/oracle.ts';
import { runTask } from '../../src/eval/run-task.ts';
import { tasksOf } from '../../src/eval/schedule.ts';
import { summarise } from '../../src/eval/summary.ts';
import { inlineSearch } from '../support/inline-search.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { scriptedRepls } from '../support/scripted-repl.ts';
import { memorySnapshot, neverAborted } from '../support/workspace.ts';

const files = {
  'src/bucket.ts': 'export function fill() {\n  return 7;\n}\n',
  'src/client.ts': "import { fill } from './bucket.ts';\n\nfill();\n",
  'src/other.ts': 'export const other = 1;\n',
};

const corpus = { key: 'memory', tokens: 8192 };
const item = (id: string, gold: Partial<EvalItem['gold']>): EvalItem => ({
  id,
  kind: 'test',
  question: 'What does fill return?',
  corpus,
  gold: { ...noGold, ...gold },
});

/** With every kind of gold: a number, an option and a letter, one and two files, with lines and without. */
const items: readonly EvalItem[] = [
  item('number', {
    answer: { kind: 'exact', value: '7' },
    files: ['src/bucket.ts', 'src/client.ts'],
    lines: [
      ['src/bucket.ts', 1, 3],
      ['src/client.ts', 3, 3],
    ],
  }),
  item('option', { answer: { kind: 'exact', value: 'more', options: ['more', 'fewer'] }, files: ['src/client.ts'] }),
  item('letter', { answer: { kind: 'choice', value: 'B', options: ['A', 'B', 'C', 'D'] } }),
  item('free', { files: ['src/bucket.ts', 'src/client.ts'] }),
];

async function summaryOf(skill: OracleSkill, system: string) {
  const snapshot = await memorySnapshot(files);
  const ports = {
    repls: scriptedRepls(),
    search: inlineSearch(),
    clock: new ManualClock(),
    hash: (text: string) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => 'run',
    version: '0',
  };
  const records = await Promise.all(
    tasksOf(items, [system], 2).map((task) => {
      const oracle = oracleModel(skill, task.item, snapshot);
      const models = { root: oracle, sub: oracle };
      return runTask(task, { ports, snapshot, models, limits: {}, windowTokens: 10_000 }, neverAborted());
    }),
  );
  return summarise(records.filter((record) => record !== undefined));
}

const systems = ['base', 'search', 'rlm-0', 'rlm-1', 'rlm-3'];

/** Worked out by hand. 4 items twice; 3 have an answer that code can tell, 3 have files, 1 has lines. */
const deserved = {
  perfect: { accuracy: 1, r1: 2 / 3, r5: 1, mrr: 1, span: 1, complete: 1, validity: 1 },
  wrong: { accuracy: 0, r1: 0, r5: 0, mrr: 0, span: 0, complete: 0, validity: 1 },
  miscites: { accuracy: 1, r1: 0, r5: 0, mrr: 0, span: 0, complete: 0, validity: 0 },
  // Of two gold files the first; of two spans the first.
  'stops-early': { accuracy: 0, r1: 2 / 3, r5: 2 / 3, mrr: 1, span: 1 / 2, complete: 1 / 3, validity: 1 },
} as const;

test.each(systems.flatMap((system) => Object.keys(deserved).map((skill) => [system, skill] as const)))(
  '%s with the oracle %s gets what it deserves',
  async (system, name) => {
    const skill = name as keyof typeof deserved;
    const { accuracy, r1, r5, mrr, span, complete, validity, n, costUsd, answered } = await summaryOf(skill, system);
    expect(n).toBe(8);
    expect(accuracy?.n).toBe(6);
    expect([costUsd, answered]).toEqual([0, 1]);
    const means = { accuracy, r1, r5, mrr, span, complete };
    const scores = Object.fromEntries(Object.entries(means).map(([key, value]) => [key, value?.mean]));
    const { validity: wanted, ...wantedMeans } = deserved[skill];
    for (const [key, value] of Object.entries(wantedMeans)) expect(scores[key], key).toBeCloseTo(value, 10);
    expect(validity).toBe(wanted);
  },
);

test('the search alone is scored by what it found, whatever the model', async () => {
  const summary = await summaryOf('perfect', 'retrieval');
  expect(summary.accuracy).toBeNull();
  expect(summary.calls).toBe(0);
  expect(summary.r5?.n).toBe(6);
});
