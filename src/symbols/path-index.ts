/** The workspace's paths, to be found by how they end. */
export class PathIndex {
  readonly #paths: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  readonly #byName = new Map<string, string[]>();

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
    this.#folders = new Set(paths.flatMap(foldersOf));
    for (const path of [...this.#paths, ...[...this.#folders].map((folder) => `${folder}/`)]) {
      const name = nameOf(path);
      const same = this.#byName.get(name);
      if (same === undefined) this.#byName.set(name, [path]);
      else same.push(path);
    }
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /**
   * @returns the one path that ends in these names (a folder's ends in `/`), of several the one that shares most folders with
   * `near`, or the shortest of these; `null` when there is none, or it cannot be told which.
   */
  endingIn(suffix: string, near: string): string | null {
    const [best, next] = (this.#byName.get(nameOf(suffix)) ?? [])
      .filter((path) => path === suffix || path.endsWith(`/${suffix}`))
      .map((path) => ({ path, shared: sharedFolders(path, near) }))
      .toSorted((a, b) => b.shared - a.shared || a.path.length - b.path.length);
    const isOne = next === undefined || best?.shared !== next.shared || best.path.length !== next.path.length;
    return best !== undefined && isOne ? best.path : null;
  }
}

function sharedFolders(path: string, near: string): number {
  const folders = near.split('/').slice(0, -1);
  const others = path.split('/').slice(0, -1);
  const differ = folders.findIndex((folder, at) => folder !== others[at]);
  return differ === -1 ? folders.length : differ;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/', path.length - 2) + 1);

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** `a/b/../c` → `a/c`; `null` when it leaves the workspace. */
export function joinPath(folder: string, relative: string): string | null {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
