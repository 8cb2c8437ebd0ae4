import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitize, sanitizeLine } from '../../src/cli/sanitize.ts';

const esc = '\u001b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there.
const forbidden = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

test.each([
  ['colours', `${esc}[31mred${esc}[0m`, 'red'],
  ['cursor and screen', `a${esc}[2J${esc}[1;1Hb`, 'ab'],
  ['a title', `a${esc}]0;owned\u0007b`, 'ab'],
  ['the clipboard', `a${esc}]52;c;aGk=${esc}\\b`, 'ab'],
  ['links', `${esc}]8;;http://x${esc}\\text${esc}]8;;${esc}\\`, 'text'],
  ['C1 forms', 'a\u009b31mb\u009d0;t\u009cc', 'abc'],
  ['nested', `${esc}${esc}[31m[2Jx`, '[2Jx'],
  ['carriage return', 'safe\rEVIL\r\nnext', 'safe\nEVIL\nnext'],
  ['backspace and bell', 'a\b\u0007b', 'ab'],
  ['reordering', 'a\u202eb\u2066c\u2069\u200fd', 'abcd'],
  ['invisible', 'a\u200bb\ufeffc\u{e0041}d', 'abcd'],
  ['tabs', '\tx', '    x'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
])('takes out %s', (_, text, expected) => {
  expect(sanitize(text)).toBe(expected);
});

test('leaves languages, emoji sequences and accents as they are', () => {
  const text = 'Grüße 日本語 עברית 👩‍👩‍👧 e\u0301\nnext line';
  expect(sanitize(text)).toBe(text);
});

test('whatever comes in, nothing goes out that a terminal obeys, and twice is once', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(esc, `${esc}[`, `${esc}]`, '\u009b', '\u009d', '31m', '\u0007', '\u202e', '\r'),
  );
  const property = fc.property(fc.array(part), (parts) => {
    const clean = sanitize(parts.join(''));
    expect(clean).not.toMatch(forbidden);
    expect(sanitize(clean)).toBe(clean);
  });
  fc.assert(property, { numRuns: 500 });
});

test('one line stays one line', () => {
  expect(sanitizeLine(' a\n\n b\t\u2028c ')).toBe('a b c');
});
