import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPaint, fitLine, span, wantsColors } from '../../src/cli/paint.ts';
import { clip, textWidth } from '../../src/cli/text-width.ts';

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['한글', 4],
  ['✓ ↷ ⠋', 5],
  ['', 0],
])('%s takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 4, 'abc…'],
  ['日本語', 4, '日…'],
  ['日本語', 5, '日本…'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('%s clipped to %i is %s', (text, columns, expected) => {
  expect(clip(text, columns)).toBe(expected);
});

test('no text is ever wider than it was asked to be', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  const property = fc.property(text, fc.nat(40), (t, n) => {
    expect(textWidth(clip(t, n))).toBeLessThanOrEqual(n);
  });
  fc.assert(property);
});

test('a line has its figures at the right edge when there is room', () => {
  const screen = { rows: 10, paint: createPaint(false) };
  const left = [span('a name', 'bold'), span(` ${'x'.repeat(60)}`)];
  expect(fitLine(left, span('3.0 s'), { ...screen, columns: 60 })).toBe(`a name ${'x'.repeat(45)}…  3.0 s`);
  expect(fitLine(left, span('3.0 s'), { ...screen, columns: 20 })).toBe('a name xxxxxxxxxxxx…');
});

test('colours go where they are wanted', () => {
  expect(wantsColors({ isTTY: true }, {})).toBe(true);
  expect(wantsColors({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColors({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
  expect(wantsColors({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  expect(wantsColors({}, {})).toBe(false);
  expect(wantsColors({}, { FORCE_COLOR: '1' })).toBe(true);
  expect(createPaint(true)(span('x', 'bad'))).toBe('\u001b[31mx\u001b[39m');
});
