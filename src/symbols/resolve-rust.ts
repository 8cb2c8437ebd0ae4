import { folderOf, joinPath, type PathIndex } from './path-index.ts';

const endings = ['.rs', '/mod.rs'];

/** @returns the file of a module of the same crate; `null` for what is no file of it. */
export function resolveRust(path: string, module: string, paths: PathIndex): string | null {
  const inside = insideOf(path);
  const names = module
    .replace(/[{*][\s\S]*$/, '')
    .split('::')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  // `mod name;`
  if (names.length === 1) return fileIn(inside, names, paths);
  const rest = names.filter((name) => !/^(?:crate|super|self)$/.test(name));
  for (const base of basesOf(path, inside, names, paths)) {
    // The last names may be items of a module.
    for (let count = rest.length; count > 0; count--) {
      const found = fileIn(base, rest.slice(0, count), paths);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The folder that holds the modules in this one. */
function insideOf(path: string): string | null {
  const here = folderOf(path);
  const own = path.slice(path.lastIndexOf('/') + 1).replace(/\.rs$/, '');
  return /^(?:mod|lib|main)$/.test(own) ? here : joinPath(here, own);
}

function fileIn(folder: string | null, names: readonly string[], paths: PathIndex): string | null {
  if (folder === null) return null;
  const tried = endings.map((ending) => joinPath(folder, names.join('/') + ending));
  return tried.find((file) => file !== null && paths.has(file)) ?? null;
}

/** Folders in which the names may begin. A `super` in a module within the file goes up one less. */
function basesOf(
  path: string,
  inside: string | null,
  names: readonly string[],
  paths: PathIndex,
): readonly (string | null)[] {
  if (names[0] === 'crate') return [crateOf(path, paths)];
  if (inside === null || (names[0] !== 'super' && names[0] !== 'self')) return [];
  const ups = names.filter((name) => name === 'super').length;
  const up = (count: number) => joinPath(inside, '../'.repeat(count));
  return ups === 0 ? [inside] : [up(ups), up(ups - 1)];
}

/** The nearest folder around the file that a crate begins in. */
function crateOf(path: string, paths: PathIndex): string | null {
  for (let folder: string | null = folderOf(path); folder !== null; folder = joinPath(folder, '..')) {
    for (const begins of ['lib.rs', 'main.rs']) if (paths.has(joinPath(folder, begins) ?? '')) return folder;
  }
  return null;
}
