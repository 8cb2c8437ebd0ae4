import type { Sample } from './stats.ts';

type Unit = 's' | 'ms' | 'µs' | 'MB' | 'KB' | 'power';

/** One line of the table. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly measured: Sample;
  /** Measured in the same run, in the same unit. */
  readonly baseline?: { readonly name: string; readonly value: Sample };
  readonly ratio?: { readonly value: number; readonly kind: 'times' | 'times faster' };
  readonly target?: { readonly text: string; readonly met: boolean };
  readonly note?: string;
}

export interface GroupResult {
  readonly figures: readonly Figure[];
  /** What a reader has to know to judge the figures. */
  readonly notes?: readonly string[];
}

export type Group = () => Promise<GroupResult>;

interface Measured {
  readonly name: string;
  readonly unit: Unit;
  readonly measured: Sample;
  readonly note?: string;
}

/** Measured against a slower baseline. */
export function faster(what: Measured, baseline: NonNullable<Figure['baseline']>, atLeast?: number): Figure {
  const value = baseline.value.median / what.measured.median;
  const target = atLeast === undefined ? undefined : { text: `≥ ${atLeast}× faster`, met: value >= atLeast };
  return { ...what, baseline, ratio: { value, kind: 'times faster' }, ...(target && { target }) };
}

/** Measured as a multiple of its baseline. */
export function times(what: Measured, baseline: NonNullable<Figure['baseline']>, atMost?: number): Figure {
  const value = what.measured.median / baseline.value.median;
  const target = atMost === undefined ? undefined : { text: `≤ ${atMost}×`, met: value <= atMost };
  return { ...what, baseline, ratio: { value, kind: 'times' }, ...(target && { target }) };
}

/** Adds a limit on the measured median itself. */
export function within(figure: Figure, atMost: number): Figure {
  return { ...figure, target: { text: `≤ ${atMost} ${figure.unit}`, met: figure.measured.median <= atMost } };
}
