import type { CorpusBytes } from '../../workspace/corpus-bytes.ts';
import type { SymbolQuery, SymbolReply } from '../symbol-source.ts';

/** What the host and the parsers' thread say to each other. */

export interface WorkerSetup {
  /** Holds `tree-sitter.wasm` and the grammars. */
  readonly grammarDir: string;
  /** Files (by hash) on which a parser broke before. */
  readonly tooHard: readonly string[];
}

/** A file of a snapshot: where its text lies in its bytes. */
export type WireFile = readonly [path: string, offset: number, byteLength: number, hash: string, language: string];

export type ToWorker =
  | {
      readonly kind: 'scope';
      readonly scope: number;
      readonly bytes: CorpusBytes;
      readonly files: readonly WireFile[];
    }
  | { readonly kind: 'drop'; readonly scope: number }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly scope: number;
      readonly query: SymbolQuery;
      readonly texts: Readonly<Record<string, string>>;
      /** One Int32: not 0 once nobody waits for the answer. */
      readonly cancelled: SharedArrayBuffer;
    };

export type FromWorker =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: SymbolReply }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  /** The parser is of no further use: this file broke it. */
  | { readonly kind: 'broken'; readonly hash: string; readonly message: string };
