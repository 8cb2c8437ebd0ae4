import { Random } from './random.ts';

/** A mean with its 95 % confidence interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

const z = 1.959964;

/** A share of yes and no, with Wilson's interval, which is sound also near 0 and 1. `null` without a value. */
export function wilson(values: readonly boolean[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.filter(Boolean).length / n;
  const spread = 1 + (z * z) / n;
  const middle = (mean + (z * z) / (2 * n)) / spread;
  const half = (z / spread) * Math.sqrt((mean * (1 - mean)) / n + (z * z) / (4 * n * n));
  return {
    mean,
    low: mean === 0 ? 0 : Math.max(0, middle - half),
    high: mean === 1 ? 1 : Math.min(1, middle + half),
    n,
  };
}

const resamples = 1000;

/** A mean with the interval that resampling gives; seeded, so a report is the same each time. `null` without a value. */
export function bootstrap(values: readonly number[]): Estimate | null {
  const n = values.length;
  if (n === 0) return null;
  const random = new Random(`bootstrap ${n}`);
  const means = Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.below(n)] ?? 0;
    return sum / n;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? 0;
  return { mean: meanOf(values), low: at(0.025), high: at(0.975), n };
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
