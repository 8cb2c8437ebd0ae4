import { fileKind } from './file-kind.ts';
import { rankedBytes } from './read-words.ts';

/** What of some files is ranked, when all of it would be too much. */
export interface IndexedFiles<File> {
  readonly files: readonly File[];
  readonly leftOut: number;
}

/**
 * All files while they fit; else sources first, then tests and documents, then data and what was generated, of each the
 * small ones first: so most files, and the ones that are asked about. In the order they came in.
 * @param maxBytes of text that is read into words, together.
 */
export function indexedFiles<File extends readonly [path: string, offset: number, byteLength: number, ...unknown[]]>(
  files: readonly File[],
  maxBytes: number,
): IndexedFiles<File> {
  const total = files.reduce((sum, [path, , bytes]) => sum + rankedBytes(path, bytes), 0);
  if (total <= maxBytes) return { files, leftOut: 0 };
  const ranked = files
    .map((file, at) => ({ at, bytes: rankedBytes(file[0], file[2]), rank: rankOf(file[0]) }))
    .sort((a, b) => a.rank - b.rank || a.bytes - b.bytes || a.at - b.at);
  const taken = new Set<number>();
  let room = maxBytes;
  for (const { at, bytes } of ranked) {
    room -= bytes;
    if (room < 0) break;
    taken.add(at);
  }
  return { files: files.filter((_, at) => taken.has(at)), leftOut: files.length - taken.size };
}

function rankOf(path: string): number {
  const { isTest, isDoc, isData, isGenerated } = fileKind(path);
  return isData || isGenerated ? 2 : isTest || isDoc ? 1 : 0;
}
