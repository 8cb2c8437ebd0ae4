import type { Snapshot, SnapshotFile } from './snapshot.ts';

/** A folder is a stretch of the sorted files, and its size the distance of two offsets: neither needs a loop over files. */
export interface FolderRange {
  /** `''` or ending in `/`. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

export const wholeOf = (snapshot: Snapshot): FolderRange => ({ path: '', from: 0, to: snapshot.files.length });

export function bytesIn({ files, bytes }: Snapshot, { from, to }: FolderRange): number {
  const start = files[from]?.offset ?? bytes.byteLength;
  return (files[to]?.offset ?? bytes.byteLength) - start;
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
