import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares a text with `test/golden/<name>.txt`; `UPDATE_GOLDEN=1` rewrites it. A difference is left beside it for a look. */
export function expectGolden(name: string, text: string): void {
  const file = `test/golden/${name}.txt`;
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  const golden = existsSync(file)
    ? readFileSync(file, 'utf8')
    : '(no golden text yet: run with UPDATE_GOLDEN=1 and read it)';
  if (golden !== text) writeFileSync(`test/golden/${name}.actual.txt`, text);
  expect(text).toBe(golden);
}
