import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCodeBlocks } from '../../src/agent/code-blocks.ts';
import { parseFinalText } from '../../src/agent/final-text.ts';

const codes = (reply: string) => parseCodeBlocks(reply).map((block) => block.code);

describe('parseCodeBlocks', () => {
  test.each([
    ['one cell in prose', 'Look:\n```repl\nprint(1)\n```\ndone', ['print(1)']],
    ['several cells', '```repl\na\n```\nthen\n```repl\nb\n```', ['a', 'b']],
    ['repl blocks win over python ones', '```python\nno\n```\n```repl\nyes\n```', ['yes']],
    ['python when there is no repl', '```py\na\n```\n```ts\nb\n```', ['a']],
    ['an untagged block when there is no other', '```\na\n```', ['a']],
    ['other languages are quotations', '```ts\nlet a\n```', []],
    ['a longer fence around a shorter one', '````repl\nx = """\n```\n"""\n````', ['x = """\n```\n"""']],
    [
      'fences inside a triple-quoted string',
      '```repl\nanswer["content"] = """Like so:\n```ts\nlet a;\n```\nend"""\nprint(1)\n```\nbye',
      ['answer["content"] = """Like so:\n```ts\nlet a;\n```\nend"""\nprint(1)'],
    ],
    ['tildes', '~~~repl\na\n```\nb\n~~~', ['a\n```\nb']],
    ['an indented fence', '  ```repl\n  a\n    b\n  ```', ['a\n  b']],
    ['empty blocks are none', '```repl\n\n```', []],
    ['no code', 'The answer is 42.', []],
    [
      'an apostrophe in a comment opens no string',
      "```repl\n# don't\nx = 'it''s'\n```\ntext",
      ["# don't\nx = 'it''s'"],
    ],
    ['an escaped quote', '```repl\nx = "a\\"b" \ny\n```\nz', ['x = "a\\"b" \ny']],
    ['Windows line ends', '```repl\r\na\r\nb\r\n```\r\n', ['a\nb']],
  ])('%s', (_, reply, expected) => {
    expect(codes(reply)).toEqual(expected);
  });

  test('an unclosed block reaches to the end and says so', () => {
    expect(parseCodeBlocks('```repl\na\nb')).toEqual([{ code: 'a\nb', closed: false }]);
  });

  test('a string that never closes ends at the first fence', () => {
    expect(
      parseCodeBlocks('```repl\nx = """oops\n```\nprose\n```repl\nprint(2)\n```').map((block) => block.code),
    ).toEqual(['x = """oops', 'print(2)']);
  });

  test('cells whose strings hold fences come back as they were written', () => {
    const inner = fc.constantFrom('```', '```ts', '~~~', 'text', '', '    indented', '# hash', '\\"');
    const statement = fc.oneof(
      fc.array(inner, { maxLength: 6 }).map((lines) => `x = """a\n${lines.join('\n')}\n"""`),
      fc.constantFrom('y = 1', "z = 'it'", '# note', 'print("""one line""")'),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(statement, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
        (cells) => {
          const written = cells.map((statements) => statements.join('\n'));
          const reply = written.map((code) => `Prose.\n\`\`\`repl\n${code}\n\`\`\`\n`).join('');
          expect(codes(reply)).toEqual(written);
        },
      ),
    );
  });

  test('any text is parsed without an exception', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', '~', '\n', '"', "'", '#', 'r', 'repl', ' ', '\\'), maxLength: 200 }),
        (text) => {
          expect(parseCodeBlocks(text).every((block) => block.code.trim() !== '')).toBe(true);
        },
      ),
    );
  });
});

describe('parseFinalText', () => {
  test.each([
    ['FINAL(The answer (short) is 42.)', { kind: 'text', text: 'The answer (short) is 42.' }],
    ['So:\nFINAL("quoted")', { kind: 'text', text: 'quoted' }],
    ['FINAL_VAR(result)', { kind: 'variable', name: 'result' }],
    ['FINAL_VAR("result")', { kind: 'variable', name: 'result' }],
    ['FINAL(two\nlines)', { kind: 'text', text: 'two\nlines' }],
    ['I will call FINAL(x) later', undefined],
    ['FINAL()', undefined],
    ['FINAL_VAR(not a name)', undefined],
  ])('%s', (reply, expected) => {
    expect(parseFinalText(reply)).toEqual(expected);
  });
});
