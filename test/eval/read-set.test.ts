import { expect, test } from 'vitest';
import { readSet } from '../../src/eval/sets/read-set.ts';

const itemsOf = (text: string) => {
  const read = readSet(text, 'mine');
  if (read.kind === 'problem') throw new Error(read.problem);
  return read;
};

test('rows about folders', () => {
  const row = {
    id: 'swe/1',
    question: 'Where?',
    checkout: 'repos/a',
    answer: 'In a.',
    gold_files: ['a.py'],
    gold_lines: [['a.py', 3, 9]],
    language: 'python',
    kind: 'of another meaning',
  };
  const [read] = itemsOf(`${JSON.stringify(row)}\n\n`).items;
  expect(read?.item).toEqual({
    id: 'swe/1',
    kind: 'swe',
    question: 'Where?',
    corpus: { key: 'folder:repos/a' },
    gold: { files: ['a.py'], alternatives: [], lines: [['a.py', 3, 9]], reference: 'In a.' },
  });
  const counted = { id: '2', question: 'How many?', corpus: 'b', exact: 3, set: 'counts' };
  expect(itemsOf(JSON.stringify(counted)).items[0]?.item).toMatchObject({
    kind: 'counts',
    gold: { answer: { kind: 'exact', value: '3' } },
  });
});

test("LongBench's rows about code, as an array or as lines", () => {
  const choices = { choice_A: 'a', choice_B: 'b', choice_C: 'c', choice_D: 'd' };
  const row = { _id: 'x', domain: 'Code Repository Understanding', question: 'Which?', ...choices, answer: 'C' };
  const context = Array.from({ length: 4500 }, (_, at) => `line ${at}`).join('\n');
  const rows = [
    { ...row, context },
    { ...row, _id: 'y', domain: 'Single-Document QA', context: '' },
  ];
  for (const text of [JSON.stringify(rows), rows.map((one) => JSON.stringify(one)).join('\n')]) {
    const { items, leftOut } = itemsOf(text);
    expect(items.map(({ item }) => item.id)).toEqual(['longbench:x']);
    expect(items[0]?.item).toMatchObject({ kind: 'codeqa', gold: { answer: { kind: 'choice', value: 'C' } } });
    expect(items[0]?.item.instruction).toContain('(C) c');
    const parts = [...(items[0]?.texts?.values() ?? [])].map((make) => make());
    expect(parts.map((part) => part.split('\n').length)).toEqual([2000, 2000, 500]);
    expect(parts.join('\n')).toBe(context);
    expect(leftOut).toEqual(['1 rows of LongBench that are not about code']);
  }
});

test("needles in RepoQA's form: lines count from 0, the end is not one of them", () => {
  const needle = { name: 'clamp', path: 'a.py', description: 'keeps a number in bounds', start_line: 1, end_line: 3 };
  const content = { 'a.py': 'x = 1\ndef clamp(n):\n    return min(n, 9)\n' };
  const { items } = itemsOf(JSON.stringify({ python: [{ repo: 'o/r', content, needles: [needle] }] }));
  expect(items[0]?.item).toMatchObject({
    kind: 'repoqa',
    corpus: { key: 'repoqa:python:o/r' },
    gold: { answer: { value: 'clamp' }, files: ['a.py'], lines: [['a.py', 2, 3]] },
  });
  expect(items[0]?.item.question).toContain('keeps a number in bounds');
  expect(items[0]?.item.question).not.toContain('clamp');
  expect(items[0]?.texts?.get('a.py')?.()).toContain('def clamp');
});

test.each([
  ['not json', 'line 1 is no JSON'],
  ['{"id":"1","question":"?"}', 'line 1: a row needs its folder'],
  ['{"id":"1"}', 'question'],
  ['{"id":"1","question":"?","corpus":"../secrets"}', 'leads out of the one that --repos names'],
  ['{"id":"1","question":"?","corpus":"/etc"}', 'leads out of the one that --repos names'],
  ['{"id":"1","question":"?","corpus":"a/../../b"}', 'leads out of the one that --repos names'],
  ['{"python":[{"repo":"x"}]}', "no set in RepoQA's form"],
])('%s is refused with a reason', (text, reason) => {
  const read = readSet(text, 'mine');
  expect(read.kind).toBe('problem');
  expect(read.kind === 'problem' && read.problem).toContain(reason);
});
