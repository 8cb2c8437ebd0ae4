import type { WorkspaceRoot } from './snapshot.ts';
import { WorkspaceError } from './workspace-error.ts';
import type { FolderToOpen, WorkspaceFiles } from './workspace-files.ts';

/** A root as the walk needs it. */
export interface OpenRoot extends WorkspaceRoot {
  readonly key: string;
  /** What its paths begin with: `''` for the only root, else `name/`. */
  readonly prefix: string;
  /** Other roots inside this one, by their path in it: their files are theirs. */
  readonly inner: ReadonlyMap<string, string>;
}

/**
 * Opens every folder once, however often it was given. Sorted as their paths sort.
 * @throws WorkspaceError for the first that cannot be opened.
 */
export async function openRoots(files: WorkspaceFiles, signal: AbortSignal): Promise<readonly OpenRoot[]> {
  const byKey = new Map<string, FolderToOpen>();
  for (const folder of files.folders) {
    const opened = await files.open(folder.location, signal);
    signal.throwIfAborted();
    if (opened.kind !== 'folder') throw new WorkspaceError(opened.kind, folder.location, opened.detail);
    if (!byKey.has(opened.key)) byKey.set(opened.key, folder);
  }
  if (byKey.size === 0) throw new WorkspaceError('no-folder', '');
  const names = nameRoots(byKey);
  const single = names.size === 1;
  const roots = [...names].map(([key, name]) => ({
    name,
    location: key,
    key,
    prefix: single ? '' : `${name}/`,
    inner: innerRoots(key, names),
  }));
  return roots.sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
}

function innerRoots(key: string, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const start = `${key}/`;
  return new Map(
    [...names].filter(([other]) => other.startsWith(start)).map(([k, name]) => [k.slice(start.length), name]),
  );
}

/** `api`, or `shop-api` and `blog-api` where two base names are equal, or `api-2` where that does not help either. */
function nameRoots(folders: ReadonlyMap<string, FolderToOpen>): ReadonlyMap<string, string> {
  const plain = [...folders].map(([key, folder]) => ({ key, name: nameOf(key, folder) }));
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key, name } of plain) {
    const shared = plain.filter((other) => sameName(other.name, name)).length > 1;
    const parent = clean(segment(key, 2));
    const wanted = shared && parent !== '' ? `${parent}-${name}` : name;
    let free = wanted;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${wanted}-${n}`;
    taken.add(free.toLowerCase());
    names.set(key, free);
  }
  return names;
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const segment = (key: string, fromEnd: number): string => key.split('/').at(-fromEnd) ?? '';
const nameOf = (key: string, { name = '' }: FolderToOpen): string => clean(name) || clean(segment(key, 1)) || 'root';
/** @returns one path segment that means no other folder, or `''`. */
const clean = (name: string): string => {
  const one = name.trim().replaceAll(/[/\\]/g, '-');
  return /^\.{1,2}$/.test(one) ? '' : one;
};
