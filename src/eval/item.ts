/** What a right answer is, where code can tell. */
export type GoldAnswer =
  /** A text that nothing else would hold, or one of `options`; a number is compared as one. */
  | { readonly kind: 'exact'; readonly value: string; readonly options?: readonly string[] }
  /** The letter of a choice. */
  | { readonly kind: 'choice'; readonly value: string; readonly options: readonly string[] };

/** Lines, from 1, both included. */
export type LineSpan = readonly [path: string, start: number, end: number];

export interface Gold {
  /** Absent for free questions: only what they cite can be scored without a judge. */
  readonly answer?: GoldAnswer;
  /** What a free answer should say, for a judge. */
  readonly reference?: string;
  readonly files: readonly string[];
  /** Files that stand for all gold files. */
  readonly alternatives: readonly string[];
  readonly lines: readonly LineSpan[];
}

/** Where an item's files are. Items of equal `key` are about the same files. */
interface CorpusRef {
  readonly key: string;
  /** The context length that it was made for, in tokens of four bytes; absent for a folder as it is. */
  readonly tokens?: number;
}

/** One question with its gold. */
export interface EvalItem {
  /** Unique within an evaluation. */
  readonly id: string;
  /** Items of one kind are scored together. */
  readonly kind: string;
  readonly question: string;
  /** What models are told besides, and a search is not: choices, and the form of the answer. */
  readonly instruction?: string;
  readonly corpus: CorpusRef;
  readonly gold: Gold;
}

/** What a model is asked. */
export const askedOf = ({ question, instruction }: EvalItem): string =>
  instruction === undefined ? question : `${question}\n${instruction}`;

export const noGold: Gold = { files: [], alternatives: [], lines: [] };
