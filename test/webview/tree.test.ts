import { expect, test } from 'vitest';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { keyAction, type TreeMoves } from '../../webview/panel/tree-keys.ts';
import { labelOf, otherModel, parentIndex, type TreeRow, treeRows } from '../../webview/panel/tree-rows.ts';
import { wholeRun } from '../runs/sample-events.ts';
import { demoEnded, hugeRun } from './harness/demo-run.ts';

const demo = demoEnded().reduce(reduceRun, emptyRun);
const none: ReadonlySet<string> = new Set();

const drawn = (rows: readonly TreeRow[]) =>
  rows.map((row) => `${'  '.repeat(row.level - 1)}${row.kind === 'agent' ? labelOf(row.agent) : row.call.op}`);

test('a batch is one row until it is unfolded', () => {
  expect(drawn(treeRows(demo, none, ''))).toEqual([
    'root',
    '  llm_batch',
    '  rlm “Who constructs RetryBudget or passes retryBudget?”',
  ]);
  const open = treeRows(demo, new Set(['a0/c1']), '');
  expect(open).toHaveLength(15);
  expect(drawn(open)[2]).toBe('    packages/http/src/client.ts');
  expect(open[2]).toMatchObject({ level: 3, position: 1, siblings: 12 });
  expect(treeRows(demo, new Set(['a0']), '')).toHaveLength(1);
});

test('the agents of a small batch are rows of their own', () => {
  expect(drawn(treeRows(wholeRun().state, none, ''))).toEqual([
    'root',
    '  read part 1',
    '  read part 2',
    '  read part 1',
    '  rlm “find the callers of spend()”',
  ]);
});

test('a filter finds agents in folded batches, by words, model and state', () => {
  expect(drawn(treeRows(demo, none, 'RETRY.py'))).toEqual(['bindings/python/retry.py']);
  expect(treeRows(demo, none, 'failed')).toHaveLength(1);
  expect(treeRows(demo, none, 'nowhere')).toEqual([]);
});

test('names a model only when it is not the usual one', () => {
  const root = demo.agents.get('a0');
  if (root === undefined) throw new Error('no root');
  expect(otherModel(root, demo)).toBe('');
  expect(otherModel({ ...root, model: 'x' }, demo)).toBe('x');
});

test('keys walk the tree as trees are walked', () => {
  const did: string[] = [];
  const moves: TreeMoves = {
    moveTo: (index) => did.push(`to ${index}`),
    toggle: (key) => did.push(`toggle ${key}`),
    pick: (row) => did.push(`pick ${row.key}`),
    stop: (id) => did.push(`stop ${id}`),
    copy: (text) => did.push(`copy ${text}`),
    search: () => did.push('search'),
  };
  const rows = treeRows(demo, new Set(['a0/c1']), '');
  const press = (key: string, at: number) => keyAction(key, rows, at, moves)?.();
  press('ArrowRight', 0);
  press('ArrowRight', 14);
  press('ArrowLeft', 5);
  press('ArrowLeft', 1);
  press('End', 3);
  press('Home', 3);
  press('s', 2);
  press('c', 3);
  press('/', 0);
  press('Enter', 14);
  expect(did).toEqual([
    ...['to 1', 'to 1', 'toggle a0/c1', 'to 14', 'to 0'],
    ...['copy yes: packages/http/src/bucket.ts decides or passes the budget', 'search', 'pick k1'],
  ]);
  expect(keyAction('x', rows, 0, moves)).toBeUndefined();
  expect(parentIndex(rows, 14)).toBe(0);
});

test('ten thousand rows are made in the time of a frame', () => {
  const run = hugeRun(10_000).reduce(reduceRun, emptyRun);
  const open = new Set([...Array(10).keys()].map((batch) => `a0/b${batch * 1000}`));
  treeRows(run, open, '');
  const before = performance.now();
  expect(treeRows(run, open, '')).toHaveLength(10_011);
  expect(performance.now() - before).toBeLessThan(100);
});
