import { Minimatch } from 'minimatch';

/** Globs of a setting, matched against paths without the root's name. A glob without `/` matches at every depth. */
export class Globs {
  readonly #whole: readonly Matcher[];

  constructor(patterns: readonly string[]) {
    this.#whole = patterns
      .map((pattern) => pattern.trim())
      .filter((p) => p !== '')
      .map(compile);
  }

  get isEmpty(): boolean {
    return this.#whole.length === 0;
  }

  /** @returns the glob that a file matches, or `undefined`. */
  file(path: string): string | undefined {
    return this.#whole.find(({ glob, onlyFolders }) => !onlyFolders && glob.match(path))?.pattern;
  }

  /** @returns the glob that matches a folder and so everything in it, or `undefined`. */
  folder(path: string): string | undefined {
    return this.#whole.find(({ folder }) => folder.match(path))?.pattern;
  }

  /** Whether a file matches, or is in a folder that a glob names. A glob whose last part has wildcards names no folder. */
  holds(path: string): boolean {
    return this.file(path) !== undefined || this.#isInNamed(path);
  }

  /** Whether something inside the folder could match. */
  reaches(folder: string): boolean {
    const could = ({ glob, pattern }: Matcher) => !pattern.replace(/\/$/, '').includes('/') || glob.match(folder, true);
    return this.#whole.some(could) || this.#isInNamed(`${folder}/`);
  }

  #isInNamed(path: string): boolean {
    const named = this.#whole.filter(({ namesFolder }) => namesFolder);
    if (named.length === 0) return false;
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
      if (named.some(({ folder }) => folder.match(path.slice(0, end)))) return true;
    return false;
  }
}

interface Matcher {
  readonly pattern: string;
  readonly glob: Minimatch;
  readonly folder: Minimatch;
  readonly onlyFolders: boolean;
  readonly namesFolder: boolean;
}

function compile(pattern: string): Matcher {
  const anchored = pattern.replace(/^\.?\//, '');
  const options = { dot: true, nonegate: true, nocomment: true, matchBase: anchored === pattern };
  const bare = anchored.replace(/\/(\*\*)?$/, '');
  return {
    pattern,
    glob: new Minimatch(anchored, options),
    folder: new Minimatch(bare === '' ? '**' : bare, options),
    onlyFolders: anchored.endsWith('/'),
    namesFolder: !/[*?[{(][^/]*$/.test(bare),
  };
}
