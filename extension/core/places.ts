/** A root of a run's snapshot and the folder it is in the editor. Kept with the run: names alone do not find it again. */
export interface RootPlace {
  readonly name: string;
  /** The folder's URI, as the editor writes it. */
  readonly uri: string;
}

export interface Place {
  readonly root: RootPlace;
  /** `/`-separated, relative to the root. */
  readonly path: string;
}

/** Where a snapshot's path lies. With several roots a path starts with its root's name. */
export function placeOf(roots: readonly RootPlace[], path: string): Place | undefined {
  const [only] = roots;
  if (only === undefined || !isPlain(path)) return undefined;
  if (roots.length === 1) return { root: only, path };
  const slash = path.indexOf('/');
  const root = roots.find(({ name }) => name === path.slice(0, slash));
  return slash < 1 || root === undefined ? undefined : { root, path: path.slice(slash + 1) };
}

/** A path in a root, as a snapshot writes it. */
export const snapshotPath = (roots: readonly RootPlace[], { root, path }: Place): string =>
  roots.length === 1 ? path : `${root.name}/${path}`;

/** Citations come from a model's text: none leads out of its root, on Windows neither, where a backslash divides as well. */
const isPlain = (path: string): boolean =>
  path !== '' &&
  !/^[A-Za-z]:/.test(path) &&
  path.split(/[\\/]/).every((segment) => segment !== '' && segment !== '.' && segment !== '..');
