import { expect, test } from 'vitest';
import { answerText, evidenceLine } from '../../src/cli/answer-text.ts';
import { createPaint } from '../../src/cli/paint.ts';
import { textWidth } from '../../src/cli/text-width.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import { coverage, wholeRun } from '../runs/sample-events.ts';

function wholeEnd(change: Partial<RunEnd> = {}): RunEnd {
  const { end } = wholeRun().state;
  if (end === undefined) throw new Error('the sample run has no end');
  return { ...end, ...change };
}

const text = (end: RunEnd, columns = 80) =>
  answerText(end, { columns, paint: createPaint(false), log: '/state/run.jsonl' });

test('the answer with its evidence', () => {
  expect(`\n${text(wholeEnd())}`).toMatchSnapshot();
});

test('colours only repeat what words say', () => {
  const colored = answerText(wholeEnd(), { columns: 80, paint: createPaint(true), log: '/state/run.jsonl' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours as picocolors writes them.
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(text(wholeEnd()));
  expect(colored).not.toBe(text(wholeEnd()));
});

test('long quotes are cut with a count, long lines to the width', () => {
  const quote = Array.from({ length: 30 }, (_, i) => `line ${i} ${'wide 日本 '.repeat(20)}`).join('\n');
  const citation = { path: 'a.py', startLine: 95, endLine: 124, status: 'verified', quote, problem: '' } as const;
  const lines = text(wholeEnd({ citations: [citation] }), 40).split('\n');
  const quoted = lines.filter((line) => line.includes('│'));
  expect(quoted).toHaveLength(9);
  expect(quoted[0]).toMatch(/^ {3}95 │ line 0/);
  expect(quoted[8]).toBe('      │ … 22 more lines');
  for (const line of quoted) expect(textWidth(line)).toBeLessThanOrEqual(40);
});

test('of many citations the first have their lines, all have their badge', () => {
  const one = { startLine: 1, endLine: 1, status: 'verified', quote: 'x', problem: '' } as const;
  const many = Array.from({ length: 50 }, (_, i) => ({ ...one, path: `f${i}.ts` }));
  const shown = text(wholeEnd({ citations: many }));
  expect(shown.match(/✓ verified/g)).toHaveLength(50);
  expect(shown.match(/│ x/g)).toHaveLength(20);
});

test('neither an answer, nor a path, nor a quote can drive the terminal', () => {
  const evil = '\u001b]0;owned\u0007\u202e\u001b[2J';
  const citation = {
    path: `a${evil}.ts`,
    startLine: 1,
    endLine: 1,
    status: 'verified',
    quote: `q${evil}`,
    problem: evil,
  } as const;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
  expect(text(wholeEnd({ answer: `hi${evil}`, citations: [citation] }))).not.toMatch(/[\u001b\u0007\u202e]/);
});

test('no citations, no price and nothing left out are said', () => {
  const end = wholeEnd();
  const shown = text({ ...end, citations: [], usage: { ...end.usage, costUsd: null } });
  expect(shown).toContain('No citations: nothing in this answer was checked.');
  expect(text({ ...end, outcome: 'failed', citations: [] })).not.toContain('No citations');
  expect(shown).toContain('cost unknown');
});

test('the evidence says what was searched, what was looked at, and what was not there to be searched', () => {
  const evidence = { filesSearched: 12, filesRead: 3, patterns: 2, hitsFound: 1203, hitsGiven: 46, run: [] };
  const whole = { ...coverage, leftOut: [] };
  expect(evidenceLine({ coverage: whole, evidence })).toBe(
    'Searched 12 of 12 loaded files with 2 patterns: 46 of 1,203 hits looked at, lines of 3 files read. Loaded 12 of 15 files (34 KB); nothing left out.',
  );
  expect(evidenceLine({ coverage: whole })).toBe('Loaded 12 of 15 files (34 KB); nothing left out.');
});
