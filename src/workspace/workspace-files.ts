/** A folder a person opened. */
export interface FolderToOpen {
  /** As the host names it: an absolute path or a URI. */
  readonly location: string;
  /** The editor's name for it; the folder's base name when missing. */
  readonly name?: string;
}

export type OpenedFolder =
  | {
      readonly kind: 'folder';
      /** Links resolved, `/`-separated, no trailing slash: equal for the same folder, a prefix (+ `/`) for one inside it. */
      readonly key: string;
    }
  | { readonly kind: 'missing' | 'not-a-folder' | 'unreadable'; readonly detail: string };

export type LinkTarget =
  | { readonly kind: 'inside'; readonly path: string; readonly isFolder: boolean }
  | { readonly kind: 'outside'; readonly isFolder: boolean }
  | { readonly kind: 'dangling' | 'loop' | 'unknown' };

/** One name in a folder. */
export type Entry =
  | { readonly kind: 'file' | 'folder' | 'other'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string; readonly target: LinkTarget }
  /** A name that is no Unicode text. `name` shows its odd bytes as `\xff`. */
  | { readonly kind: 'unnameable'; readonly name: string };

export type Listing =
  | { readonly kind: 'entries'; readonly entries: readonly Entry[] }
  | { readonly kind: 'failed'; readonly detail: string };

export type ReadResult =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** Ignore rules that hold for a root although they do not lie in it. */
export interface RulesAbove {
  /** The folder of the rules, relative to the top of the repository: `''` or `packages/api`. */
  readonly folder: string;
  /** For people: `.gitignore` or `.git/info/exclude`. */
  readonly source: string;
  readonly text: string;
}

export interface Repository {
  /** The root relative to the top of its git repository; `''` when it is the top or lies in none. */
  readonly rootPath: string;
  /** Weakest first. The root's own .gitignore is not among them: it is found by listing. */
  readonly rules: readonly RulesAbove[];
}

/**
 * How the engine reaches the files of a workspace. A path is relative to its root and `/`-separated; `''` is the root;
 * `key` is the one `open` gave. No method rejects for what a disk or a person can do wrong: that is in the results.
 */
export interface WorkspaceFiles {
  readonly folders: readonly FolderToOpen[];
  /** Whether `A.ts` and `a.ts` are two files there; ignore rules match accordingly. */
  readonly caseSensitive: boolean;
  open(location: string, signal: AbortSignal): Promise<OpenedFolder>;
  repository(key: string, signal: AbortSignal): Promise<Repository>;
  /** The names in one folder, in any order. */
  list(key: string, path: string, signal: AbortSignal): Promise<Listing>;
  /** The whole content. A file over `maxBytes` is measured, not read; what is no file any more fails. */
  read(key: string, path: string, maxBytes: number, signal: AbortSignal): Promise<ReadResult>;
  /** SHA-256, hexadecimal. */
  hash(bytes: Uint8Array): string;
  /** Resolves after whatever else the host has to do has had its turn. */
  pause(): Promise<void>;
}
