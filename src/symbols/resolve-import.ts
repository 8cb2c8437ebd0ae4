import { folderOf, joinPath, type PathIndex } from './path-index.ts';
import { resolveRust } from './resolve-rust.ts';

interface ImportingFile {
  readonly path: string;
  readonly language: string;
}

/**
 * The file (or folder) that an import means, judged by names alone: no build files are read.
 * @returns `null` for what is not in the workspace, or what several files could be.
 */
export function resolveImport({ path, language }: ImportingFile, module: string, paths: PathIndex): string | null {
  switch (language) {
    case 'typescript':
    case 'typescriptreact':
    case 'javascript':
    case 'javascriptreact':
      return module.startsWith('.') ? script(joinPath(folderOf(path), module), paths) : null;
    case 'python':
      return python(path, module, paths);
    case 'go':
      return go(path, module.replaceAll('"', '').split('/'), paths);
    case 'java':
      return java(path, module.split('.'), paths);
    case 'rust':
      return resolveRust(path, module, paths);
    case 'c':
    case 'cpp':
    case 'cuda-cpp':
    case 'php':
    case 'ruby':
      return byPath(path, language, module, paths);
    default:
      return null;
  }
}

const scriptEndings = ['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json', '.vue'];

function script(base: string | null, paths: PathIndex): string | null {
  if (base === null) return null;
  const asSource = base.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const tried = [base, asSource, ...scriptEndings.flatMap((end) => [`${base}${end}`, `${base}/index${end}`])];
  return tried.find((candidate) => paths.has(candidate)) ?? null;
}

function python(path: string, module: string, paths: PathIndex): string | null {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const names = module
    .slice(dots)
    .split('.')
    .filter((name) => name !== '');
  if (dots === 0) return longestEnding(path, names, paths, ['.py', '/__init__.py', '.pyi'], names.length);
  const base = joinPath(folderOf(path), [...Array<string>(dots - 1).fill('..'), ...names].join('/'));
  return [`${base}.py`, `${base}/__init__.py`, `${base}.pyi`].find((candidate) => paths.has(candidate)) ?? null;
}

/** First names of Go's own packages: no module can be called so. */
const ownOfGo = new Set(
  `archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go hash html image
   io iter log maps math mime net os path plugin reflect regexp runtime slices sort strconv strings structs sync syscall testing text
   time unicode unique unsafe weak`.split(/\s+/),
);

const go = (path: string, names: readonly string[], paths: PathIndex): string | null =>
  ownOfGo.has(names[0] ?? '') ? null : longestEnding(path, names, paths, ['/']);

/** A package's names are all folders. The last names may be a class within a class, or a static member. */
function java(path: string, names: readonly string[], paths: PathIndex): string | null {
  const whole = longestEnding(path, names, paths, ['.java', '.kt', '/'], names.length);
  if (whole !== null) return whole;
  for (let count = names.length - 1; count > 1; count--) {
    const found = longestEnding(path, names.slice(0, count), paths, ['.java', '.kt'], count);
    if (found !== null) return found;
  }
  return null;
}

/** Drops names from the front until something ends in the rest; `least` names have to stay. */
function longestEnding(
  path: string,
  names: readonly string[],
  paths: PathIndex,
  endings: readonly string[],
  least = 1,
): string | null {
  for (let from = 0; from + Math.min(least, names.length) <= names.length; from++)
    for (const ending of endings) {
      const found = paths.endingIn(names.slice(from).join('/') + ending, path);
      if (found !== null) return found;
    }
  return null;
}

function byPath(path: string, language: string, module: string, paths: PathIndex): string | null {
  const names = module.replaceAll('\\', '/');
  const endings = language === 'ruby' ? ['', '.rb'] : language === 'php' ? ['', '.php'] : [''];
  for (const ending of endings) {
    const beside = joinPath(folderOf(path), names + ending);
    if (beside !== null && paths.has(beside)) return beside;
  }
  return longestEnding(
    path,
    names.split('/').filter((name) => !/^\.*$/.test(name)),
    paths,
    endings,
    language === 'php' ? 1 : 99,
  );
}
