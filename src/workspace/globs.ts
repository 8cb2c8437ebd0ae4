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

  /** Whether something inside the folder could match. */
  reaches(folder: string): boolean {
    return this.#whole.some(({ glob, pattern }) => !pattern.includes('/') || glob.match(folder, true));
  }
}

interface Matcher {
  readonly pattern: string;
  readonly glob: Minimatch;
  readonly folder: Minimatch;
  readonly onlyFolders: boolean;
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
  };
}
