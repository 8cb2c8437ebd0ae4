import { folderOf, joinPath, type PathIndex } from './path-index.ts';

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
      return longestEnding(module.replaceAll('"', '').split('/'), paths, ['/']);
    case 'java':
      return longestEnding(module.split('.'), paths, ['.java', '.kt', '/'], 2);
    case 'rust':
      return rust(path, module, paths);
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
  if (dots === 0) return longestEnding(names, paths, ['.py', '/__init__.py', '.pyi'], names.length);
  const base = joinPath(folderOf(path), [...Array<string>(dots - 1).fill('..'), ...names].join('/'));
  return [`${base}.py`, `${base}/__init__.py`, `${base}.pyi`].find((candidate) => paths.has(candidate)) ?? null;
}

/** Drops names from the front until something ends in the rest; `least` names have to stay. */
function longestEnding(
  names: readonly string[],
  paths: PathIndex,
  endings: readonly string[],
  least = 1,
): string | null {
  for (let from = 0; from + Math.min(least, names.length) <= names.length; from++)
    for (const ending of endings) {
      const found = paths.endingIn(names.slice(from).join('/') + ending);
      if (found !== null) return found;
    }
  return null;
}

function rust(path: string, module: string, paths: PathIndex): string | null {
  const here = folderOf(path);
  const own = path.slice(here.length + 1).replace(/\.rs$/, '');
  const inside = /^(?:mod|lib|main)$/.test(own) ? here : joinPath(here, own);
  const names = module
    .replace(/[{*][\s\S]*$/, '')
    .split('::')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const endings = ['.rs', '/mod.rs'];
  if (names.length === 1 && names[0] !== undefined && inside !== null)
    return (
      endings.map((end) => joinPath(inside, `${names[0]}${end}`)).find((file) => file !== null && paths.has(file)) ??
      null
    );
  if (names[0] !== 'crate' && names[0] !== 'super' && names[0] !== 'self') return null;
  const rest = names.filter((name) => !/^(?:crate|super|self)$/.test(name));
  // The last names may be items of a module.
  for (let count = rest.length; count > 0; count--)
    for (const ending of endings) {
      const found = paths.endingIn(`${rest.slice(0, count).join('/')}${ending}`);
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
    names.split('/').filter((name) => !/^\.*$/.test(name)),
    paths,
    endings,
    language === 'php' ? 1 : 99,
  );
}
