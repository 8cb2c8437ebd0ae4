import type { EvalItem } from './item.ts';

/** What makes results of two starts comparable. Holds no location of a folder and no key. */
export interface EvalPlan {
  readonly type: 'plan';
  /** Of the items with their gold, in any order. */
  readonly items: string;
  readonly models: { readonly root: string; readonly sub: string };
  /** What one run may take, and the window that is assumed. */
  readonly limits: Readonly<Record<string, number>>;
}

export const digestOf = (items: readonly EvalItem[], hash: (text: string) => string): string =>
  hash(
    items
      .map((item) => hash(JSON.stringify([item.id, item.question, item.instruction, item.corpus, item.gold])))
      .sort()
      .join(),
  );

/** What differs between two plans, for people; `undefined` when nothing does. */
export function differenceOf(one: EvalPlan, other: EvalPlan): string | undefined {
  if (one.items !== other.items) return 'other questions (or another seed, or code that has changed)';
  const names = ({ models }: EvalPlan) => `${models.root} and ${models.sub}`;
  if (names(one) !== names(other)) return `other models: ${names(other)}`;
  if (JSON.stringify(one.limits) !== JSON.stringify(other.limits)) return 'other limits of a run';
  return undefined;
}
