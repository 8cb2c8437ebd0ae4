import type { EvalItem } from '../item.ts';

/** A corpus made here, with the questions about it. */
export interface MadeCorpus {
  readonly texts: ReadonlyMap<string, () => string>;
  readonly items: readonly Omit<EvalItem, 'corpus' | 'id'>[];
}
