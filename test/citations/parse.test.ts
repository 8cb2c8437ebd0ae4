import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCitations } from '../../src/citations/parse.ts';

const ranges = (answer: string) =>
  parseCitations(answer).map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);

describe('parseCitations', () => {
  test.each([
    ['a range', 'It is [src/a.ts:12-30].', ['src/a.ts:12-30']],
    ['a single line', 'It is [src/a.ts:12].', ['src/a.ts:12-12']],
    ['L prefixes and an en dash', '[a.py:L3–L9]', ['a.py:3-9']],
    ['several in one pair of brackets', '[a.ts:1-2; b.ts:3, c/d.ts:4-5]', ['a.ts:1-2', 'b.ts:3-3', 'c/d.ts:4-5']],
    ['paths with spaces and brackets', '[my app/[id]/page.tsx:3-9]', ['my app/[id]/page.tsx:3-9']],
    ['a leading ./', '[./a.ts:1]', ['a.ts:1-1']],
    ['a citation alone in a code span', '`[a.ts:1-2]`', ['a.ts:1-2']],
    ['no index in quoted code', 'take `x[a:1]` and\n```py\nx[a:1-3]\n```\n', []],
    ['no link, no footnote', '[text](url:12) [1] [note: 3 of 4]', []],
    ['text after an unclosed fence', '```\n[a.ts:1]', []],
    ['two on a line', '[a.ts:1] and [b.ts:2]', ['a.ts:1-1', 'b.ts:2-2']],
  ])('%s', (_, answer, expected) => {
    expect(ranges(answer)).toEqual(expected);
  });

  test('offsets select what stands in the brackets', () => {
    const answer = 'One [a.ts:1-2; b c.ts:3], two [x/[y].ts:9].';
    expect(parseCitations(answer).map(({ start, end }) => answer.slice(start, end))).toEqual([
      'a.ts:1-2',
      'b c.ts:3',
      'x/[y].ts:9',
    ]);
  });

  test('finds every citation whose path holds none of the separators', () => {
    const path = fc.stringMatching(/^[A-Za-z0-9_.@()+-]{1,12}(\/[A-Za-z0-9_.@()+-]{1,12}){0,3}$/);
    const cited = fc.record({
      path,
      start: fc.integer({ min: 1, max: 99_999 }),
      more: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(cited, { maxLength: 8 }), (list) => {
        const answer = list
          .map(({ path, start, more }) => `Text [${path}:${start}-${start + more}] goes on.\n`)
          .join('');
        expect(ranges(answer)).toEqual(
          list.map(({ path, start, more }) => `${path.replace(/^\.\//, '')}:${start}-${start + more}`),
        );
      }),
    );
  });

  test('any text is parsed without an exception, in time that does not explode', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('[', ']', ':', '1', '-', '`', '\n', 'a', ';', '"', '~'), maxLength: 400 }),
        (text) => {
          for (const { start, end } of parseCitations(text)) expect(end).toBeGreaterThan(start);
        },
      ),
    );
    // Backtracking that explodes would run into the test's time limit.
    parseCitations('['.repeat(20_000) + 'a:'.repeat(20_000) + '`'.repeat(20_000));
  });

  test.each([
    ['a fenced block on the next line', 'See [a.ts:1-2]:\n```ts\nconst a = 1;\n```\n', 'const a = 1;\n'],
    ['a block quote on the next line', 'See [a.ts:1-2].\n> const a = 1;\n', 'const a = 1;\n'],
    ['a code span before it', 'There `const budget = new Bucket()` [a.ts:3] is', 'const budget = new Bucket()'],
    ['quoted words before it', 'says "the budget is per client" (see [a.md:3])', undefined],
    ['quoted words right before it', 'says "the budget is per client" [a.md:3]', 'the budget is per client'],
    ['a few words are a mention', 'by `npm test` [a.ts:3]', undefined],
    ['a short statement is a quote', 'as `return x;` [a.ts:3] does', 'return x;'],
    ['a bare name is a mention', 'The `RetryBudgetCollector` [a.ts:3] keeps', undefined],
    ['a block further down belongs to nothing', 'See [a.ts:1].\n\nOther text.\n```\nx y z\n```', undefined],
  ])('the quote: %s', (_, answer, quote) => {
    expect(parseCitations(answer)[0]?.quote).toBe(quote);
  });
});
