import { expect, test } from 'vitest';
import { readReport } from '../../src/repl/cell-report.ts';
import type { Look } from '../../src/repl/repl.ts';
import { evidenceOf, evidenceText, filesSearchedBy } from '../../src/runs/evidence.ts';

const look = (kind: Look['kind'], what: string, files: number, found: number, given: number): Look => ({
  ...{ kind, what, files, found, given },
});

test('counts each pattern once, with the most that was given of it, and each file read once', () => {
  const evidence = evidenceOf([
    look('grep', 'TODO', 12, 1200, 40),
    look('search', 'retry', 12, 3, 3),
    look('grep', 'TODO', 4, 1200, 60),
    look('read', 'a.py', 1, 90, 10),
    look('read', 'a.py', 1, 90, 80),
    look('read', 'b.py', 1, 5, 5),
    look('open', 'files', 3, 0, 0),
    look('open', 'files', 5, 0, 0),
    look('open', 'files', 1, 0, 0),
  ]);
  expect(evidence).toEqual({
    ...{ filesSearched: 12, filesRead: 2, filesOpened: 5, patterns: 2, hitsFound: 1203, hitsGiven: 63 },
    run: ['grep TODO', 'search retry'],
  });
  expect(evidenceText({ filesLoaded: 14 }, evidence)).toBe(
    'Searched 12 of 14 loaded files with 2 patterns: 63 of 1,203 hits looked at, lines of 2 files read, 5 files opened by cells',
  );
  expect(evidenceText({ filesLoaded: 1 }, evidenceOf([]))).toBe('Searched 0 of 1 loaded file');
  const byCode = evidenceOf([look('open', 'files', 9, 0, 0)]);
  expect(evidenceText({ filesLoaded: 9 }, byCode)).toBe('Searched 0 of 9 loaded files, 9 files opened by cells');
  expect(filesSearchedBy(byCode)).toBe(9);
});

test('what a cell reports of it is made to fit: it comes from the sandbox', () => {
  const limits = { cellMs: 1, outputChars: 1 };
  const good = { kind: 'grep', what: 'x'.repeat(999), files: 3, found: -1, given: 1e300 };
  const bad = [null, 'grep', { ...good, kind: 'invented' }, { kind: 'read' }];
  const { looks } = readReport({ looks: [...bad, ...Array.from({ length: 3000 }, () => good)] }, limits);
  expect(looks.slice(0, 2)).toEqual([
    { kind: 'read', what: '', files: 0, found: 0, given: 0 },
    { kind: 'grep', what: 'x'.repeat(200), files: 3, found: 0, given: 0 },
  ]);
  expect(looks.length).toBeLessThanOrEqual(1000);
  expect(readReport({ looks: 'all' }, limits).looks).toEqual([]);
});
