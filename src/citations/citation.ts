/** How the host judged a citation. Computed against the snapshot, never said by a model. */
export type CitationStatus =
  | 'verified' // the lines exist and, where the answer quotes them, hold that quote
  | 'moved' // the quote stands elsewhere in the file; the range was corrected
  | 'unverified'; // no such file, no such lines, or the quote is nowhere in the file

/** One `[path:start-end]` of an answer after checking. Lines are 1-based and inclusive. */
export interface Citation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly status: CitationStatus;
  /** The snapshot's own text of those lines; empty when unverified. */
  readonly quote: string;
  /** Why it is not `verified`, for people and for the model; empty when it is. */
  readonly problem: string;
}
