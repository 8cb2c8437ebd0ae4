import type { LeftOut } from '../../src/workspace/snapshot.ts';

/**
 * Whether a change at `path` can change the snapshot: what happens inside a folder that was left out by a rule cannot.
 * Build output and caches change all the time, and the editor reports it.
 */
export function changesSnapshot(leftOut: ReadonlySet<string>, path: string): boolean {
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    if (leftOut.has(path.slice(0, slash + 1))) return false;
  return true;
}

/** The folders that a rule, not their content, left out. */
export const leftOutFolders = (leftOut: readonly LeftOut[]): ReadonlySet<string> =>
  new Set(
    leftOut
      .filter(({ path, reason }) => path.endsWith('/') && (reason === 'ignored' || reason === 'excluded'))
      .map(({ path }) => path),
  );
