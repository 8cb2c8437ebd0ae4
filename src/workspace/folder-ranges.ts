import type { Snapshot, SnapshotFile } from './snapshot.ts';

/** A folder is a stretch of the sorted files. */
export interface FolderRange {
  /** `''` or ending in `/`. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export const wholeOf = (snapshot: Snapshot): FolderRange => ({ path: '', from: 0, to: snapshot.files.length });

/** @returns what tells the bytes of any folder without a loop. Only a whole snapshot's files lie one after another. */
export function sizesOf({ files }: Snapshot): (range: FolderRange) => number {
  const upTo = new Float64Array(files.length + 1);
  for (const [at, { byteLength }] of files.entries()) upTo[at + 1] = (upTo[at] ?? 0) + byteLength;
  return ({ from, to }) => (upTo[to] ?? 0) - (upTo[from] ?? 0);
}

/** The folders right inside, sorted by path; costs a binary search for each and a step for each file right inside. */
export function foldersIn(snapshot: Snapshot, range: FolderRange): readonly FolderRange[] {
  const { files } = snapshot;
  const folders: FolderRange[] = [];
  let at = range.from;
  while (at < range.to) {
    const path = files[at]?.path ?? '';
    const slash = path.indexOf('/', range.path.length);
    if (slash === -1) {
      at++;
      continue;
    }
    const folder = path.slice(0, slash + 1);
    const to = firstOutside(files, folder, at, range.to);
    folders.push({ path: folder, from: at, to });
    at = to;
  }
  return folders;
}

function firstOutside(files: readonly SnapshotFile[], folder: string, from: number, end: number): number {
  let low = from;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (files[middle]?.path.startsWith(folder) === true) low = middle + 1;
    else high = middle;
  }
  return low;
}
