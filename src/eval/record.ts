import type { Outcome } from '../runs/events.ts';
import type { LineSpan } from './item.ts';
import type { RetrievalScore } from './retrieval-score.ts';

/** What one system made of one item, once: a line of the results. Holds no location of a folder and no key. */
export interface EvalRecord {
  readonly type: 'result';
  /** Unique within the results: item, system and repeat. */
  readonly key: string;
  readonly item: string;
  readonly kind: string;
  readonly system: string;
  readonly repeat: number;
  /** Tokens of the context, four bytes each: as wanted where it was made, as loaded otherwise. */
  readonly contextTokens: number;
  readonly outcome: Outcome;
  /** Why it ended so; empty when answered. */
  readonly reason: string;
  readonly answer: string;
  /** `null` where only a judge could tell. */
  readonly right: boolean | null;
  readonly files: readonly string[];
  readonly lines: readonly LineSpan[];
  readonly retrieval: RetrievalScore;
  /** Citations of the answer, and how many of them stand: badge and text compared with the files once more. */
  readonly citations: number;
  readonly standing: number;
  /** The share of loaded files that one of its searches went through; `null` when it has no searches to count. */
  readonly searched: number | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly modelCalls: number;
  /** `null`: unknown. */
  readonly costUsd: number | null;
  readonly ms: number;
}

export const keyOf = (item: string, system: string, repeat: number): string => `${item}\t${system}\t${repeat}`;
