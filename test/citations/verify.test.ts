import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findQuote } from '../../src/citations/quote.ts';
import { verifyCitations } from '../../src/citations/verify.ts';
import { memorySnapshot } from '../support/workspace.ts';

const snapshot = await memorySnapshot({
  'src/bucket.ts': 'export class Bucket {\n  tokens = 0;\n\n  fill(n: number) {\n    this.tokens += n;\n  }\n}\n',
  'lib/bucket.ts': 'export const other = 1;\n',
  'blank.md': '\n\n\ntext\n',
});

const statuses = (answer: string) => verifyCitations(answer, snapshot).citations.map((citation) => citation.status);

describe('verifyCitations', () => {
  test('lines that exist are verified and carry the snapshot’s text', () => {
    const { citations, answer } = verifyCitations('Filled here [src/bucket.ts:4-6].', snapshot);
    expect(citations).toEqual([
      {
        path: 'src/bucket.ts',
        startLine: 4,
        endLine: 6,
        status: 'verified',
        quote: '  fill(n: number) {\n    this.tokens += n;\n  }',
        problem: '',
      },
    ]);
    expect(answer).toBe('Filled here [src/bucket.ts:4-6].');
  });

  test.each([
    ['a file that does not exist, with files of its name', '[bucket.ts:1]', 'src/bucket.ts'],
    ['lines past the end', '[src/bucket.ts:6-9]', '7 lines'],
    ['a reversed range', '[src/bucket.ts:6-2]', 'lines'],
    ['line zero', '[src/bucket.ts:0]', 'lines'],
    ['blank lines', '[blank.md:1-2]', 'blank'],
    ['a quote that stands nowhere', '[src/bucket.ts:1-7]:\n```ts\nthis.tokens -= n;\n```', 'nowhere'],
  ])('unverified: %s', (_, answer, problem) => {
    const [citation] = verifyCitations(answer, snapshot).citations;
    expect(citation).toMatchObject({ status: 'unverified', quote: '' });
    expect(citation?.problem).toContain(problem);
  });

  test('a quote elsewhere in the file moves the citation, in the list and in the answer', () => {
    const { citations, answer } = verifyCitations(
      'It is [src/bucket.ts:1-2], so\n\nand [src/bucket.ts:90]:\n```ts\nthis.tokens   += n;\n```\n',
      snapshot,
    );
    expect(citations.map(({ startLine, endLine, status }) => [startLine, endLine, status])).toEqual([
      [1, 2, 'verified'],
      [5, 5, 'moved'],
    ]);
    expect(answer).toContain('and [src/bucket.ts:5]:');
  });

  test('white space, elisions and line numbers of a quote do not matter', () => {
    expect(statuses('[src/bucket.ts:1-7]:\n```ts\nexport class Bucket {\n  // ...\n  fill(n: number) {\n```')).toEqual([
      'verified',
    ]);
    expect(statuses('[src/bucket.ts:4-5]:\n```ts\n  4 | fill(n: number) {\n  5 |   this.tokens += n;\n```')).toEqual([
      'verified',
    ]);
  });

  test.each([
    '...',
    '…',
    '  ... ',
    '...snip...',
    '...rest of the method',
    '...(2 lines left out)',
    '// ... more',
    '/* ... */',
  ])('what is left out of a quote may be said: %s', (said) =>
    expect(statuses(`[src/bucket.ts:1-7]:\n\`\`\`\nexport class Bucket {\n${said}\n  }\n\`\`\``)).toEqual(['verified']),
  );

  test.each([
    '...stolen,',
    '...steal(n)',
    '...stolen',
    '...args) {',
    '...(n && { keys }),',
    '/* ... */ steal(n);',
    '<!-- ... --><b>',
  ])('code that begins as what is left out has to be there: %s', (code) =>
    expect(statuses(`[src/bucket.ts:1-7]:\n\`\`\`\nexport class Bucket {\n  ${code}\n  }\n\`\`\``)).toEqual([
      'unverified',
    ]),
  );

  test('the numbers that read() prints are not part of a quote', () => {
    expect(statuses('[src/bucket.ts:4-5]:\n```\n4    fill(n: number) {\n5      this.tokens += n;\n```')).toEqual([
      'verified',
    ]);
  });

  test.each([
    ['4:   fill(n: number) {', 'verified'],
    ['1:   fill(n: number) {', 'verified'],
    ['4:   fill(n: number) {\n5:     this.tokens += n;', 'verified'],
    ['1  export class Bucket {\n2    tokens = 0;\n3\n', 'moved'],
    ['1:   fill(n: number) {\n404', 'unverified'],
    ['404:   fill(n: number) {', 'unverified'],
    ['5:   fill(n: number) {\n4:     this.tokens += n;', 'unverified'],
    ['4:   fill(n: number) {\n    404: this.tokens += n;\n', 'unverified'],
  ])('a number that can be none of a line is part of a quote: %j is %s', (quote, status) =>
    expect(statuses(`[src/bucket.ts:4-5]:\n\`\`\`\n${quote}\n\`\`\``)).toEqual([status]),
  );

  test('a range cited twice is listed once, with the worse judgement', () => {
    expect(statuses('[src/bucket.ts:1] and `export class Balloon {` [src/bucket.ts:1]')).toEqual(['unverified']);
    const moved = '`this.tokens += n;` [src/bucket.ts:1]';
    const wrong = '`this.tokens -= n;` [src/bucket.ts:5]';
    expect(statuses(`${moved} and ${wrong}`)).toEqual(['unverified']);
    expect(statuses(`${wrong} and ${moved}`)).toEqual(['unverified']);
  });

  test('a citation is verified exactly when its lines exist and are not all blank', async () => {
    const lines = ['a', '', 'b c', 'd'];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), async (start, end) => {
        const four = await memorySnapshot({ f: lines.join('\n') });
        const exists =
          start >= 1 && start <= end && end <= 4 && lines.slice(start - 1, end).some((line) => line !== '');
        expect(verifyCitations(`[f:${start}-${end}]`, four).citations[0]?.status).toBe(
          exists ? 'verified' : 'unverified',
        );
      }),
    );
  });
});

describe('findQuote', () => {
  test('finds any run of lines where it stands, however it is indented', () => {
    const line = fc.stringMatching(/^[a-z(){};= ]{0,12}$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (lines, a, b) => {
        const start = a % lines.length;
        const end = start + (b % (lines.length - start));
        const quoted = lines.slice(start, end + 1);
        fc.pre(quoted.some((text) => text.trim() !== ''));
        const found = findQuote(lines, quoted.map((text) => `   ${text}`).join('\n'), {
          startLine: start + 1,
          endLine: end + 1,
        });
        expect(found).toBeDefined();
        const text = (from: number, to: number) => lines.slice(from, to).join(' ').trim().replace(/\s+/g, ' ');
        expect(text((found?.startLine ?? 1) - 1, found?.endLine ?? 0)).toContain(
          quoted.join(' ').trim().replace(/\s+/g, ' '),
        );
      }),
    );
  });

  test('of several places the nearest is taken', () => {
    const lines = ['return x + 1;', '', 'return x + 1;', '', 'return x + 1;'];
    const nearest = [1, 3, 5].map((at) => findQuote(lines, 'return x + 1;', { startLine: at, endLine: at })?.startLine);
    expect(nearest).toEqual([1, 3, 5]);
  });
});
