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
}

/**
 * 4 MiB a file: the largest hand-written sources (TypeScript's checker.ts: 3 MB) pass; what is larger is data.
 * The totals bound what one run holds in memory.
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
  maxBytes: 512 * 1024 * 1024,
};
