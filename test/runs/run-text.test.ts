import { expect, test } from 'vitest';
import { normaliseVolatile } from '../../src/runs/normalise.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { Script, wholeRun } from './sample-events.ts';

test('a whole run as text', () => {
  expect(describeRun(wholeRun().events)).toMatchSnapshot();
});

test('the text does not depend on ids, times or the order in which siblings end', () => {
  const run = (ids: readonly [string, string], order: readonly [number, number], ms: number) => {
    const script = new Script().start().cellStart('a0', 1, 'llm_batch(x)').call('a0', `call-${ms}`, 'llm_batch', 2);
    for (const [index, id] of ids.entries()) script.child(id, 'a0', `call-${ms}`, 'llm', `part ${index}`);
    for (const index of order)
      script.turn(ids[index] ?? '', 1, `reply ${index}`).end(ids[index] ?? '', `reply ${index}`);
    script
      .callEnd('a0', `call-${ms}`)
      .cellEnd('a0', 1, `took ${ms} ms in /tmp/dir-${ms}/x.py`)
      .end('a0', 'yes')
      .runEnd('yes');
    return describeRun(script.events);
  };
  expect(run(['p', 'q'], [0, 1], 12)).toBe(run(['x9', 'b2'], [1, 0], 3456));
});

test('the middle of a large batch is counted', () => {
  const script = new Script().start().cellStart('a0', 1, 'llm_batch(x)').call('a0', 'c', 'llm_batch', 64);
  for (let i = 0; i < 64; i++) script.child(`b${i}`, 'a0', 'c', 'llm', `part ${i}`);
  for (let i = 0; i < 60; i++) script.end(`b${i}`, `reply ${i}`);
  const text = describeRun(script.events);
  expect(text).toContain('… 52 more: 52 done …');
  expect(text).toContain('llm root.64 · openai:small · queued');
  expect(text.match(/^ +llm root/gm)).toHaveLength(12);
});

test('a run that never got anywhere has a text too', () => {
  expect(describeRun([])).toContain('no agent started');
  expect(describeRun(new Script().start().events)).toContain('the run never ended');
});

test.each([
  ['http://127.0.0.1:45123/v1', 'http://127.0.0.1:<port>/v1'],
  ['at /tmp/abc-12/file.py:3', 'at <tmp>:3'],
  ['in /home/me/x and C:\\Users\\me\\y.ts', 'in <home>/x and <path>'],
  ['after 12.5 s, 300 ms and 20 seconds', 'after <n> s, <n> ms and <n> seconds'],
  ['at 2026-01-02T03:04:05.678Z', 'at <time>'],
  ['7f9c24e5-1111-4222-8333-0123456789ab', '<id>'],
  ['12 files, 30 lines [src/a.ts:1-2]', '12 files, 30 lines [src/a.ts:1-2]'],
])('%s becomes %s', (text, expected) => {
  expect(normaliseVolatile(text)).toBe(expected);
});
