import { expect, test } from 'vitest';
import { colour } from '../../webview/highlight/colour.ts';

test('a line of a minified file stays plain and costs no time, the lines around it are coloured', async () => {
  const long = 'a'.repeat(30_000);
  const started = performance.now();
  const lines = await colour(`int a;\n${long}\nint b;`, 'cs');
  expect(performance.now() - started).toBeLessThan(2000);
  expect(lines?.map((line) => line.map(({ text }) => text).join(''))).toEqual(['int a;', long, 'int b;']);
  expect(lines?.map((line) => line.some(({ kind }) => kind === 'keyword'))).toEqual([true, false, true]);
});
