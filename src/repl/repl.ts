import type { CorpusBytes } from '../workspace/corpus-bytes.ts';
import type { HostCall } from './host-call.ts';

/** What a REPL's `files` holds: a slice of a snapshot's bytes for every path, plus texts that are in no snapshot. */
export interface Corpus {
  readonly bytes: CorpusBytes;
  /** In the order in which Python iterates: path, byte offset, byte length. */
  readonly index: readonly (readonly [path: string, offset: number, byteLength: number])[];
  /** Texts a parent agent handed down beside the snapshot's files (path → text). */
  readonly texts: Readonly<Record<string, string>>;
}

export interface ReplOptions {
  readonly corpus: Corpus;
  readonly question: string;
  /**
   * Answers a blocking call from Python; the value must be JSON. A rejection with `HostRefusal` is raised in Python
   * as `RuntimeError(message)`; any other rejection as `RuntimeError('internal error: …')`.
   * The signal aborts when the cell is interrupted or the REPL closes; the call's answer is then ignored.
   */
  readonly onCall: (call: HostCall, signal: AbortSignal) => Promise<unknown>;
}

/** A refusal whose message is written for the model that called. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal';
}

/** What a cell printed: all of it, or its beginning and end. Lengths are in characters (Python `len`). */
export interface CellOutput {
  readonly head: string;
  /** Empty when `head` is all there is. */
  readonly tail: string;
  readonly totalChars: number;
  readonly totalLines: number;
  /** `totalChars` − what `head` and `tail` hold. */
  readonly omittedChars: number;
}

export interface AnswerState {
  readonly content: string;
  readonly ready: boolean;
}

export type CellStatus =
  | 'ok'
  | 'error' // Python raised; variables are kept
  | 'interrupted' // by the time limit or by the host; variables are kept
  | 'lost'; // the interpreter had to be ended (or died): variables are gone, the next cell gets a fresh one

/** One thing a cell looked for, as its helper counted it. Equal ones of a cell are one. */
export interface Look {
  readonly kind: 'grep' | 'search' | 'symbols' | 'read' | 'open';
  /** The pattern, the query, the name or the path; of `open`, the name of the dict. */
  readonly what: string;
  /** Files searched; of `open`, the snapshot's files whose text the REPL's cells have taken so far. */
  readonly files: number;
  /** Hits there are and hits handed over; of `read`, lines. */
  readonly found: number;
  readonly given: number;
}

export interface CellResult {
  readonly status: CellStatus;
  readonly output: CellOutput;
  /** Traceback for `error`; for `interrupted` and `lost` one sentence that says why, written for the model. */
  readonly error: string;
  /** `answer` as it stands after the cell; the last known one when `status` is `lost`. */
  readonly answer: AnswerState;
  /** Names of the variables the cells have made, sorted. */
  readonly variables: readonly string[];
  /** What the cell looked for; absent when its report was lost. */
  readonly looks?: readonly Look[];
  /** Milliseconds the interpreter worked, without the time it waited in host calls. */
  readonly ms: number;
  readonly waitMs: number;
}

export interface CellLimits {
  /** Milliseconds of the interpreter's own work; time in host calls does not count. */
  readonly cellMs: number;
  /** Characters of output kept, half at the beginning and half at the end. */
  readonly outputChars: number;
}

/** One Python namespace. Cells run one at a time; variables survive cells and exceptions. */
export interface Repl {
  /**
   * Goes on with another question, over the files as they are now: `files`, `question` and an empty `answer` are new, all
   * other variables stay. @throws when there is no interpreter any more: its variables are gone.
   */
  refresh(corpus: Corpus, question: string): Promise<void>;
  /** Never rejects. Aborting the signal interrupts the cell and resolves with `interrupted` or `lost` within 2 s. */
  run(code: string, limits: CellLimits, signal: AbortSignal): Promise<CellResult>;
  /** Ends everything that is pending and gives the worker back. Idempotent. */
  close(): Promise<void>;
}

/** Where REPLs come from. Opening waits while too many are live. */
export interface ReplPool {
  /** @param depth of the agent; each depth has its own places, so that parents waiting for children cannot starve them. */
  open(options: ReplOptions, depth: number, signal: AbortSignal): Promise<Repl>;
  close(): Promise<void>;
}
