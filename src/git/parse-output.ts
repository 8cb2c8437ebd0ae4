import type { BlamedLine, LoggedCommit } from './git-history.ts';

/** For `git log --format`: fields end in NUL, rows in RS. */
export const logFormat = '%h%x00%an%x00%aI%x00%s%x1e';

const maxField = 300;
const shown = (text: string | undefined): string => (text ?? '').replace(/\p{Cc}/gu, ' ').slice(0, maxField);

export const parseLog = (output: string): readonly LoggedCommit[] =>
  output
    .split('\x1e')
    .map((row) => row.trimStart().split('\0'))
    .filter((fields) => fields.length === 4)
    .map(([commit, author, date, summary]) => {
      return { commit: shown(commit), author: shown(author), date: shown(date), summary: shown(summary) };
    });

type Origin = Omit<BlamedLine, 'line' | 'text'>;

/**
 * Reads `git blame --line-porcelain`, where only a line feed ends a line and one that begins with a tab is a line of the file.
 * @returns who made each line of the blamed version, by its line number.
 */
export function parseBlame(output: string): ReadonlyMap<number, Origin> {
  const byLine = new Map<number, Origin>();
  for (const row of output.split(/(?<=\n)\t[^\n]*\n?/)) {
    const head = /^([0-9a-f]{7,64}) \d+ (\d+)/.exec(row);
    if (head === null) continue;
    const field = (name: string) => shown(new RegExp(`\n${name} ([^\n]*)`).exec(row)?.[1]);
    const time = Number(field('author-time'));
    const date = Number.isFinite(time) ? new Date(time * 1000).toISOString() : '';
    const commit = (head[1] ?? '').slice(0, 10);
    byLine.set(Number(head[2]), { commit, author: field('author'), date, summary: field('summary') });
  }
  return byLine;
}

export interface TreeFile {
  readonly path: string;
  readonly oid: string;
}

/** Reads `git ls-tree -r -z`: regular files only. */
export const parseTree = (output: string): readonly TreeFile[] =>
  output.split('\0').flatMap((row): readonly TreeFile[] => {
    const match = /^100\d{3} blob ([0-9a-f]+)\t([\s\S]+)$/.exec(row);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ oid: match[1], path: match[2] }];
  });
