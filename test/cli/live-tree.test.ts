import { expect, test } from 'vitest';
import { liveTree } from '../../src/cli/live-tree.ts';
import { createPaint } from '../../src/cli/paint.ts';
import { progressLine } from '../../src/cli/plain-progress.ts';
import { textWidth } from '../../src/cli/text-width.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { Script, wholeRun } from '../runs/sample-events.ts';

const draw = (state: RunState, columns: number, rows = 24) =>
  liveTree(state, { now: state.at + 50, spinner: '⠋' }, { columns, rows, paint: createPaint(false) });

/** The moment in which a child agent runs a cell after a batch of three. */
function underWay(): Script {
  const whole = wholeRun().events;
  const end = whole.findIndex((event) => event.type === 'cell-end' && event.agentId === 'a4');
  const script = new Script();
  script.events.push(...whole.slice(0, end));
  return script;
}

test.each([40, 80, 200])('the tree at %i columns', (columns) => {
  expect(`\n${draw(underWay().state, columns).join('\n')}\n`).toMatchSnapshot();
});

test('before there is an agent, and before there is anything', () => {
  const [start] = new Script().start('日本語の質問?').events;
  expect(start && draw(reduceRun(emptyRun, start), 40)).toEqual(['日本語の質問?', '⠋ reading the files']);
  expect(draw(emptyRun, 40)).toEqual(['⠋ reading the files']);
});

test('what the root is doing is said', () => {
  const script = new Script().start();
  const first = () => draw(script.state, 120)[1] ?? '';
  expect(first()).toContain('root · openai:big · queued');
  script.add('a0', { type: 'model-start', turn: 1, promptChars: 1 });
  expect(first()).toContain('turn 1 · waiting for the model');
  script.add('a0', { type: 'model-retry', attempt: 1, waitMs: 500, reason: '429 too\nmany' });
  expect(first()).toContain('turn 1 · attempt 2 after 429 too many');
  script.add('a0', { type: 'model-delta', text: 'x', reasoning: true });
  expect(first()).toContain('turn 1 · thinking');
  script.add('a0', { type: 'model-delta', text: 'abc' });
  expect(first()).toContain('turn 1 · writing, 3 characters');
  script.cellStart('a0', 1, '# a comment\nimport re\n\u001b[2Jfor x in y:\n  pass');
  expect(first()).toContain('cell 1 · for x in y:');
});

function wide(children: number, role: 'llm' | 'rlm'): RunState {
  const script = new Script().start().cellStart('a0', 1, 'go()').call('a0', 'c', `${role}_batch`, children);
  for (let i = 1; i <= children; i++) script.child(`k${i}`, 'a0', 'c', role, `名前 task ${i}`);
  for (let i = 1; i < children; i += 2) script.add(`k${i}`, { type: 'model-start', turn: 1, promptChars: 1 }, 'a0');
  return script.state;
}

test('a batch is one line', () => {
  expect(draw(wide(12, 'llm'), 80)[2]).toMatch(/^ {2}⠋ llm ×12 · 0 done +\d/);
  expect(draw(wide(40, 'rlm'), 80)).toHaveLength(3 + 8);
});

test('no line is wider and no picture taller than the terminal', () => {
  const states = [underWay().state, wide(500, 'rlm'), wide(7, 'rlm'), wide(2, 'llm'), emptyRun];
  for (const state of states)
    for (const columns of [1, 3, 5, 10, 20, 47, 48, 49, 80])
      for (const rows of [0, 1, 2, 3, 4, 5, 8, 24]) {
        const lines = draw(state, columns, rows);
        expect(lines.length).toBeLessThanOrEqual(Math.max(0, rows - 2));
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }
});

test('when room is short the running lines stay and the missing ones are counted', () => {
  const script = new Script().start().cellStart('a0', 1, 'go()');
  for (let i = 1; i <= 10; i++) {
    script.call('a0', `c${i}`, 'rlm_query', 1).child(`k${i}`, 'a0', `c${i}`, 'rlm', `task ${i}`);
    if (i !== 3) script.end(`k${i}`, 'x').callEnd('a0', `c${i}`);
  }
  const lines = draw(script.state, 40, 8);
  expect(lines.map((line) => line.trim().replace(/^. /, ''))).toEqual([
    'Where is the budget decided?',
    expect.stringContaining('root · openai:big'),
    'rlm task 3 · queued',
    'rlm task 9',
    'rlm task 10',
    '7 more',
  ]);
});

test('drawing a run of 10,000 agents takes a few milliseconds', () => {
  const state = wide(10_000, 'rlm');
  const start = Date.now();
  for (let i = 0; i < 10; i++) draw(state, 120, 50);
  expect((Date.now() - start) / 10).toBeLessThan(30);
});

test('where nothing can be redrawn, lines tell how it goes', () => {
  let state = emptyRun;
  const lines: string[] = [];
  for (const event of wholeRun().events) {
    state = reduceRun(state, event);
    const line = progressLine(event, state);
    if (line !== undefined) lines.push(line);
  }
  expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
});
