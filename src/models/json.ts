/** Reading JSON of unknown shape: what is missing, or of another type, is `undefined`. */

export function field(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string | number, unknown>)[key];
  }
  return here;
}

/** Sums of what is counted stay finite. */
const mostBelievable = 1e12;

/** A count or an amount: not negative, and not beyond belief. */
export function amount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= mostBelievable ? value : undefined;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function parseJson(source: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(source) };
  } catch {
    return undefined;
  }
}
