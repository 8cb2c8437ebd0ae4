import { selectFiles } from './selection.ts';
import type { Snapshot } from './snapshot.ts';
import { visibleLine } from './visible.ts';

/**
 * The part of a snapshot that a question is limited to. Its coverage is of that part and says that it is one.
 * @param paths files and folders as the snapshot writes them; a folder may end in `/`. Empty, or one of them `.`: all files.
 * @throws Error, for people, when one of them holds nothing that was loaded.
 */
export function scopeSnapshot(snapshot: Snapshot, paths: readonly string[]): Snapshot {
  const wanted = [...new Set(paths.map(plainPath))];
  if (wanted.length === 0 || wanted.includes('')) return snapshot;
  for (const path of wanted)
    if (!snapshot.files.some((file) => isIn(file.path, path))) throw new Error(missing(snapshot, path));
  const within = (path: string) => isInScope(path, wanted);
  const inside = snapshot.files.filter((file) => within(file.path)).map(({ path }) => path);
  const part = selectFiles(snapshot, inside);
  const leftOut = snapshot.coverage.leftOut.filter(({ path }) => within(path));
  const filesTotal = inside.length + leftOut.filter(({ path }) => !path.endsWith('/')).length;
  const scope = { paths: wanted, filesOutside: snapshot.files.length - inside.length };
  return { ...part, coverage: { ...part.coverage, filesTotal, leftOut, scope } };
}

/** Whether a path is one of a coverage's scope, or in one. */
export const isInScope = (path: string, scope: readonly string[]): boolean => scope.some((one) => isIn(path, one));

const plainPath = (path: string): string =>
  path
    .trim()
    .replace(/^(?:\.\/+)+/, '')
    .replace(/^\.$/, '')
    .replace(/\/+$/, '');

const isIn = (path: string, one: string): boolean => path === one || path.startsWith(`${one}/`);

function missing({ coverage }: Snapshot, path: string): string {
  const name = visibleLine(path, 200);
  const entry = coverage.leftOut.find((left) => isIn(left.path, path) || isIn(path, left.path.replace(/\/$/, '')));
  const why =
    entry === undefined ? 'No loaded file has that path' : `It is left out (${entry.reason}: ${entry.detail})`;
  return `The question is limited to '${name}', which holds nothing to read. ${why}; name a file or folder as the workspace has it.`;
}
