import type { Snapshot } from '../workspace/snapshot.ts';

/** Path → hash of the text, shortened. */
export type FileHashes = ReadonlyMap<string, string>;

/** Enough to tell texts of the same path apart. */
const hashChars = 16;

/** What became of the files between two questions; each list in the snapshot's order. */
export interface FileChanges {
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export const hashesOf = ({ files }: Pick<Snapshot, 'files'>): FileHashes =>
  new Map(files.map(({ path, hash }) => [path, hash.slice(0, hashChars)]));

/** A line for each file. */
export const encodeHashes = (files: FileHashes): string =>
  [...files].map(([path, hash]) => `${hash} ${JSON.stringify(path)}\n`).join('');

/** @returns `undefined` when the text is damaged: then it is not known what has changed. */
export function decodeHashes(text: string): FileHashes | undefined {
  const files = new Map<string, string>();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hash = '', quoted = ''] = /^([0-9a-f]+) (".*")$/.exec(line) ?? [];
    try {
      files.set(JSON.parse(quoted), hash);
    } catch {
      return undefined;
    }
  }
  return text.endsWith('\n') || text === '' ? files : undefined;
}

export function compareFiles(before: FileHashes, now: FileHashes): FileChanges {
  const paths = [...now.keys()];
  return {
    changed: paths.filter((path) => before.has(path) && before.get(path) !== now.get(path)),
    added: paths.filter((path) => !before.has(path)),
    removed: [...before.keys()].filter((path) => !now.has(path)),
  };
}

/** What is known of the files after a question that was limited to a part: of the rest, what was known before. */
export const joinHashes = (before: FileHashes, now: FileHashes, inPart: (path: string) => boolean): FileHashes =>
  new Map([...[...before].filter(([path]) => !inPart(path)), ...now]);

const shownPaths = 20;

/** One sentence for the model; empty when nothing has changed. */
export function describeChanges({ changed, added, removed }: FileChanges): string {
  const parts = [
    ['changed', changed],
    ['new', added],
    ['gone', removed],
  ] as const;
  const told = parts.filter(([, paths]) => paths.length > 0).map(([what, paths]) => `${what}: ${listed(paths)}`);
  if (told.length === 0) return '';
  return `Files since the last question: ${told.join('; ')}. files holds the new text; variables made before hold the old one.`;
}

function listed(paths: readonly string[]): string {
  const more = paths.length - shownPaths;
  return paths.slice(0, shownPaths).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
