import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLines } from '../../src/util/line-match.ts';

const lines = fc.array<string>(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 30 });

describe('matchLines', () => {
  it('matches equal lines only, in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, now) => {
        const matched = matchLines(before, now);
        expect(matched).toHaveLength(now.length);
        const kept = matched.filter((line) => line > 0);
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
        matched.forEach((line, at) => {
          if (line > 0) expect(before[line - 1]).toBe(now[at]);
        });
      }),
    );
  });

  it('matches all of an unchanged text, and what is around an inserted line', () => {
    fc.assert(
      fc.property(lines, fc.nat(30), (before, at) => {
        expect(matchLines(before, before)).toEqual(before.map((_, index) => index + 1));
        const now = before.toSpliced(at, 0, 'new');
        expect(matchLines(before, now).filter((line) => line > 0)).toHaveLength(before.length);
      }),
    );
  });
});
