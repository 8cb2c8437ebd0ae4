import fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';
import { expect, test } from 'vitest';
import { partsOf } from '../../src/citations/fenced-parts.ts';
import { fenceAround, inertMarkdown } from '../../src/citations/inert-markdown.ts';

const readers = [new MarkdownIt('commonmark', { html: true }), new MarkdownIt('default', { html: true })];

const allOf = (tokens: readonly Token[]): readonly Token[] =>
  tokens.flatMap((token) => [token, ...allOf(token.children ?? [])]);

/** What would be fetched, run or hidden where the text is shown. */
const live = (text: string): readonly string[] =>
  readers.flatMap((reader) =>
    allOf(reader.parse(text, {})).flatMap(({ type, content }) => {
      if (type === 'image') return ['image'];
      const isHtml = type === 'html_inline' || type === 'html_block';
      return isHtml && /<(?:img|!--|details|b hidden)/i.test(content) ? [content] : [];
    }),
  );

const lineStart = fc.constantFrom('', '', '', ' ', '   ', '    ', '\t', '- ', '> ', '1. ', '| ', '# ', '[r]: ', '[r]:');
const pieces = fc.constantFrom(
  ...[
    '<img src=https://evil/?q>',
    '![x](https://evil/)',
    '![x][r]',
    '![r]',
    '![x',
    'y](https://evil/)',
    '[r]: https://evil/',
  ],
  ...[
    '<!--',
    '-->',
    '<details>',
    '<b hidden>',
    '`',
    '``',
    '```',
    '```',
    '````',
    '~~~',
    '~~~~',
    '\\',
    '"',
    '<',
    '!',
    '[',
  ],
  ...['word', ' ', '\t', ' |', '|-|-|', '---', '=', '\r', '\u2028', '\u00a0'],
);
const line = fc.tuple(lineStart, fc.array(pieces, { maxLength: 3 })).map(([start, rest]) => start + rest.join(''));
const markdown = fc.array(line, { maxLength: 9 }).map((lines) => lines.join('\n'));

test('the readers show what is live', () => {
  expect(live('![x](https://evil/)')).toEqual(['image', 'image']);
  expect(live('a <img src=b>')).toHaveLength(2);
});

test('nothing is fetched or hidden by what two readers of Markdown make of it', () => {
  const property = fc.property(markdown, (text) => {
    expect(live(inertMarkdown(text))).toEqual([]);
  });
  fc.assert(property, { numRuns: 20_000 });
});

test('the parts of a text are the text', () => {
  fc.assert(fc.property(markdown, (text) => [...partsOf(text)].map((part) => part.text).join('') === text));
});

test.each([
  '| ` | <img src=https://evil/> ` |\n|-|-|\n| ` | <img src=https://evil/> ` |',
  '\\`<img src=https://evil/>`',
  '- a\n\n  ```\n  code\nback ![x](https://evil/)\n<img src=https://evil/>',
  '<a title="`"><img src=https://evil/>`',
  ' ```\n```\n<img src=https://evil/>',
  '```\ncode\n```~~~\n```\n<img src=https://evil/>',
  '\u2028```\n<img src=https://evil/>',
  '| `` ` ![r] `` |\n\n[r]: https://evil/',
  '- ```\n![x\ny](https://evil/)',
  '\\`![x`\ny](https://evil/)',
])('%j', (text) => {
  expect(live(inertMarkdown(text))).toEqual([]);
});

test('where a reader may have formulas or front matter, the fences in them are not trusted', () => {
  const image = '<\u2060img src=https://evil/>';
  expect(inertMarkdown('$$\n```\n$$\n<img src=https://evil/>')).toContain(image);
  expect(inertMarkdown('---\n```\n---\n<img src=https://evil/>')).toContain(image);
});

test('code stays as it is, and what follows an open fence is not code', () => {
  const code = 'Use `Array<string>`, `a < b` and `vec![1]`:\n\n```tsx\nreturn <img src={a} />;\n```\nDone.';
  expect(inertMarkdown(code)).toBe(code);
  expect(inertMarkdown('So:\n```\nopen')).toBe('So:\n```\nopen\n```');
  expect(inertMarkdown('5 < 6 and a<b')).toBe('5 < 6 and a&lt;b');
});

test('a fence holds whatever code it stands around', () => {
  expect(fenceAround('a ```` b')).toBe('`````');
  expect(fenceAround('`a'.repeat(1_000_000))).toBe('```');
});

test('escape sequences and marks that reorder text do not leave with it', () => {
  expect(inertMarkdown('a\u001b[2J\u009b1m \u202eb\r\nc\td')).toBe('a\ufffd[2J\ufffd1m \ufffdb\nc\td');
});
