import ignore, { type Ignore } from 'ignore';

/**
 * The rules of all .gitignore files that hold for a folder, as one list: a nested file's patterns are rewritten to
 * start at the top of the repository and come after those above it, so that the last match wins as in git, also where
 * a nested rule takes back a folder that a rule above had ignored.
 *
 * Unlike git, it ignores tracked files that match: git's index is not read.
 */
export class GitIgnore {
  readonly #rules: Ignore;
  readonly #caseSensitive: boolean;
  readonly size: number;

  private constructor(rules: Ignore, size: number, caseSensitive: boolean) {
    this.#rules = rules;
    this.size = size;
    this.#caseSensitive = caseSensitive;
  }

  static none(caseSensitive: boolean): GitIgnore {
    return new GitIgnore(ignore({ ignorecase: !caseSensitive }), 0, caseSensitive);
  }

  /** @param folder where the rules lie, from the top of the repository: `''` or `src/app`. */
  with(folder: string, source: string, text: string): GitIgnore {
    const added = parse(folder, source, text);
    if (added.length === 0) return this;
    const rules = ignore({ ignorecase: !this.#caseSensitive }).add(this.#rules).add(added);
    return new GitIgnore(rules, this.size + added.length, this.#caseSensitive);
  }

  /**
   * @param path from the top of the repository; a folder's ends in `/`.
   * @returns the rule that leaves it out, for people, or `undefined`.
   */
  ruleFor(path: string): string | undefined {
    if (this.size === 0) return undefined;
    const { ignored, rule } = this.#rules.test(path);
    return ignored ? (rule?.mark ?? 'a .gitignore rule') : undefined;
  }
}

interface Rule {
  readonly pattern: string;
  readonly mark: string;
}

function parse(folder: string, source: string, text: string): readonly Rule[] {
  const where = folder === '' ? source : `${folder}/${source}`;
  const rules: Rule[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split('\n')) {
    const pattern = line.endsWith('\r') ? line.slice(0, -1) : line;
    // Git takes off one carriage return only: with another before it, a pattern is for names that end in one. There are none.
    if (pattern === '' || pattern.startsWith('#') || pattern.endsWith('\r') || isTooHard(pattern)) continue;
    rules.push({ pattern: fromTop(folder, pattern), mark: `${where}: ${pattern}` });
  }
  return rules.filter(({ pattern }) => pattern !== '');
}

/** No path is longer: such a pattern matches nothing, and is more than an expression can hold. */
const longestPattern = 4096;
/** Each `**` more multiplies the ways to match a deep path. Who writes more of them wants to hold us up. */
const mostDoubleStars = 5;

const isTooHard = (pattern: string): boolean =>
  pattern.length > longestPattern || pattern.split('**').length - 1 > mostDoubleStars;

/** @returns `''` for a pattern that matches nothing. */
function fromTop(folder: string, pattern: string): string {
  if (folder === '') return pattern;
  const not = pattern.startsWith('!') ? '!' : '';
  const body = pattern.slice(not.length);
  if (/^\/* *$/.test(body)) return '';
  const base = `${not}/${folder.replaceAll(/[\\*?[\]!# ]/g, '\\$&')}/`;
  if (body.startsWith('/')) return base + body.slice(1);
  return /\/(?! *$)/.test(body) ? base + body : `${base}**/${body}`;
}
