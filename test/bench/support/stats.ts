/** Repeated measurements of one thing. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

export function sample(values: readonly number[]): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const half = (sorted.length - 1) / 2;
  const median = (at(Math.floor(half)) + at(Math.ceil(half))) / 2;
  return { median, min: at(0), max: at(sorted.length - 1), count: sorted.length };
}

/** One after another: measurements must not share the machine's cores. */
export async function repeat<T>(times: number, measure: (index: number) => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let index = 0; index < times; index++) all.push(await measure(index));
  return all;
}
