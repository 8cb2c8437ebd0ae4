import type { CorpusBytes } from './corpus-bytes.ts';

/** A folder under question. Several roots make every path start with the root's name. */
export interface WorkspaceRoot {
  /** Unique among the roots; the folder's base name where that is unambiguous. */
  readonly name: string;
  /** Where the host finds it: an absolute path or a URI, links resolved. Never shown to a model. */
  readonly location: string;
}

/** One text file. Its text is `bytes[offset, offset + byteLength)` of its snapshot, valid UTF-8 without a byte-order mark. */
export interface SnapshotFile {
  /** `/`-separated, relative to its root; prefixed with the root's name when there are several. */
  readonly path: string;
  readonly offset: number;
  readonly byteLength: number;
  /** A trailing newline does not start another line; an empty file has 0 lines. */
  readonly lineCount: number;
  /** Lower-case language id as VS Code names it (`typescript`, `python`, …); `plaintext` when unknown. */
  readonly language: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

export type LeftOutReason =
  | 'ignored' // by a .gitignore
  | 'excluded' // by default or by a setting: VCS, dependencies, build output, lock files
  | 'secret' // .env*, keys, certificates, cloud credentials
  | 'binary'
  | 'encoding' // text, but in no encoding that could be told
  | 'too-large'
  | 'unreadable'
  | 'symlink' // never followed: what it points to inside the workspace is found under its own path
  | 'limit'; // the snapshot's own limits on files or bytes were reached

/** Something of the workspace that is not in the snapshot. A whole folder is one entry, its path ending in `/`. */
export interface LeftOut {
  readonly path: string;
  readonly reason: LeftOutReason;
  /** For people: the rule, the size and limit, or the system's error. Holds no location outside the roots. */
  readonly detail: string;
}

/** The proof of completeness: everything found is either loaded or listed in `leftOut`. */
export interface Coverage {
  /** Files found outside left-out folders: `filesLoaded` + the left-out entries that are files. */
  readonly filesTotal: number;
  readonly filesLoaded: number;
  readonly bytesLoaded: number;
  readonly leftOut: readonly LeftOut[];
  /** Present when the question was limited to a part: the rest counts only here. */
  readonly scope?: { readonly paths: readonly string[]; readonly filesOutside: number };
}

/** An immutable picture of the workspace, possibly with no file at all. The text lives once, in `bytes`, in memory or in a file, which every REPL reads. */
export interface Snapshot {
  /** SHA-256 over paths and hashes, hexadecimal: equal for equal content. */
  readonly id: string;
  readonly roots: readonly WorkspaceRoot[];
  /** Sorted by path (code-unit order). */
  readonly files: readonly SnapshotFile[];
  readonly bytes: CorpusBytes;
  readonly coverage: Coverage;
  /** @returns the file, or `undefined` when the snapshot has none of that path. */
  file(path: string): SnapshotFile | undefined;
  /** @returns the whole text, or `undefined` when the snapshot has no such file. */
  text(path: string): string | undefined;
  /** @returns lines `start`…`end` (1-based, inclusive) without their line ends, or `undefined` when they do not all exist. */
  lines(path: string, start: number, end: number): readonly string[] | undefined;
}
