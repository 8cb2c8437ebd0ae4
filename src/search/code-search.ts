import type { Snapshot } from '../workspace/snapshot.ts';

export interface SearchQuery {
  readonly text: string;
  /** How many hits at most. */
  readonly k: number;
}

/** What an agent may see: its own part of the snapshot, and texts made in Python (path → text), which win. */
export interface SearchScope {
  readonly snapshot: Snapshot;
  readonly texts: Readonly<Record<string, string>>;
}

/** A file's best passage. */
export interface SearchHit {
  readonly path: string;
  /** From 1, both included. */
  readonly start: number;
  readonly end: number;
  readonly score: number;
  /** For people: which words matched, and where. */
  readonly why: string;
  /** Further passages of the same file, best first: start and end. */
  readonly also: readonly (readonly [number, number])[];
  /** Files with nearly the same passage, which are not hits of their own. */
  readonly same: readonly string[];
}

export interface AmbiguousName {
  readonly name: string;
  /** How many files define it, as far as their lines tell. */
  readonly files: number;
}

export interface SearchReply {
  /** Best first; each from another file as long as there are enough. */
  readonly hits: readonly SearchHit[];
  readonly filesSearched: number;
  /** Files and passages with at least one of the words (with the required text, where there is one). */
  readonly filesFound: number;
  readonly passagesFound: number;
  /** Names that the query writes as code and more than one file defines: which is meant, it does not say. */
  readonly ambiguous: readonly AmbiguousName[];
  /** What became of the query: words that no file has, a literal that does not occur, ambiguous names. */
  readonly notes: readonly string[];
}

/** Ranked passages over a snapshot. */
export interface CodeSearch {
  /** Begins to read the snapshot in the background. Costs nothing when it has been read. */
  prepare(snapshot: Snapshot): void;
  /** Rejects with a `RangeError` whose message is for who asked, or with the signal's reason. */
  search(query: SearchQuery, scope: SearchScope, signal: AbortSignal): Promise<SearchReply>;
  close(): Promise<void>;
}
