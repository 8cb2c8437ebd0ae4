export interface SnapshotOptions {
  /** When not empty, only files that match one of these globs are loaded. */
  readonly include?: readonly string[];
  /** Globs of files and folders to leave out besides the default ones. */
  readonly exclude?: readonly string[];
  /** Globs of files that look like secrets and are none, such as the keys of a test suite. */
  readonly notSecret?: readonly string[];
  readonly includeLockFiles?: boolean;
  /** `false` loads what .gitignore files leave out. */
  readonly useGitIgnore?: boolean;
  /** `false` loads dependencies, build output and minified files; version-control folders stay out. */
  readonly useDefaultExcludes?: boolean;
  readonly maxFileBytes?: number;
  readonly maxFiles?: number;
  readonly maxBytes?: number;
  /** More text than this is kept in a file, where there is a place for it; without one, it is the limit in all. */
  readonly maxInMemoryBytes?: number;
}

/** No file larger than this is read, whatever the settings say: Python's 512 MiB hold its bytes and its text, at most. */
export const largestFileBytes = 64 * 1024 * 1024;

/**
 * What a REPL's thread can be told of files, whatever the settings say: a table that outgrows its heap of 256 MiB ends the whole
 * process (nodejs/node#47224). Characters of all paths together.
 */
export const mostFiles = 500_000;
export const mostPathChars = 24 * 1024 * 1024;

/**
 * 4 MiB a file: the largest hand-written sources (TypeScript's checker.ts: 3 MB) pass; what is larger is data.
 * 16 GiB in all: what a disk and a time limit of minutes take; only half a GiB of it is held in memory.
 */
export const defaultOptions: Required<SnapshotOptions> = {
  include: [],
  exclude: [],
  notSecret: [],
  includeLockFiles: false,
  useGitIgnore: true,
  useDefaultExcludes: true,
  maxFileBytes: 4 * 1024 * 1024,
  maxFiles: 200_000,
  maxBytes: 16 * 1024 * 1024 * 1024,
  maxInMemoryBytes: 512 * 1024 * 1024,
};
