import { expect, test } from 'vitest';
import { moreBudget } from '../../extension/core/more-budget.ts';
import { RunRecord } from '../../extension/core/run-record.ts';
import { exportChoices, exportName, rerunChoices } from '../../extension/core/run-sharing.ts';
import { defaultLimits } from '../../src/agent/limits.ts';
import { changeOf } from '../../src/agent/prompt-fit.ts';
import { wholeRun } from '../runs/sample-events.ts';

const [html] = exportChoices;

test.each([
  ['Where is the retry budget decided, and who can override it?', 'where-is-the-retry-budget-decided-and-who.html'],
  ['../../etc/passwd', 'etc-passwd.html'],
  ['איפה נקבע?', 'איפה-נקבע.html'],
  ['???', 'run.html'],
])('%s is exported as %s', (question, name) => {
  if (html === undefined) throw new Error('There is no page to export.');
  expect(exportName(question, html)).toBe(name);
});

test('a re-run says what it was asked with and what twice of it is', () => {
  const choices = rerunChoices({ root: 'openai:big', sub: 'openai:small' }, moreBudget(defaultLimits));
  expect(choices.map(({ how, description }) => [how, description])).toEqual([
    ['model', 'it was openai:big with openai:small'],
    ['budget', '1,000 calls, 8,000,000 tokens, $4.00, 20 min 00 s'],
    ['same', ''],
  ]);
});

test('what was sent to models is in no list that views are given', () => {
  const events = wholeRun().events.map((event) =>
    event.type === 'model-start'
      ? { ...event, request: { keep: 0, add: [{ role: 'user', content: 'secret prompt' } as const] } }
      : event,
  );
  const record = new RunRecord('r1', events);
  expect(record.whole).toHaveLength(events.filter(({ type }) => type !== 'model-delta').length);
  expect(JSON.stringify(record.events)).not.toContain('secret prompt');
});

test('a request is logged as what changed in it', () => {
  const [a, b, c] = (['a', 'b', 'c'] as const).map((content) => ({ role: 'user', content }) as const);
  if (a === undefined || b === undefined || c === undefined) throw new Error('Three were made.');
  expect(changeOf([], [a, b])).toEqual({ keep: 0, add: [a, b] });
  expect(changeOf([a], [a, b, c])).toEqual({ keep: 1, add: [b, c] });
  expect(changeOf([a, b], [a, c])).toEqual({ keep: 1, add: [c] });
  expect(changeOf([a, b], [a])).toEqual({ keep: 1, add: [] });
});
