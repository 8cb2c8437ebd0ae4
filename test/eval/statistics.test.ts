import { expect, test } from 'vitest';
import { bootstrap, wilson } from '../../src/eval/statistics.ts';

test("Wilson's interval is the known one", () => {
  const five = [...Array(10).keys()].map((at) => at < 5);
  expect(wilson(five)?.low).toBeCloseTo(0.2366, 3);
  expect(wilson(five)?.high).toBeCloseTo(0.7634, 3);
  expect(wilson(Array(10).fill(true))).toMatchObject({ mean: 1, high: 1 });
  expect(wilson(Array(10).fill(true))?.low).toBeCloseTo(0.7225, 3);
  expect(wilson([])).toBeNull();
});

test('a bootstrap is the same each time, and holds the mean', () => {
  const values = [0, 0.5, 1, 1, 0.25, 0.75, 1, 0];
  const once = bootstrap(values);
  expect(bootstrap(values)).toEqual(once);
  expect(once?.mean).toBeCloseTo(0.5625);
  // The standard error of this mean is 0.147.
  expect(once?.low).toBeGreaterThan(0.5625 - 3 * 0.147);
  expect(once?.low).toBeLessThan(0.5625 - 0.147);
  expect(once?.high).toBeGreaterThan(0.5625 + 0.147);
  expect(bootstrap([1, 1, 1])).toEqual({ mean: 1, low: 1, high: 1, n: 3 });
});
