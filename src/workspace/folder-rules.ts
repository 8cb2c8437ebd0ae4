import { decode } from './decode.ts';
import { GitIgnore } from './gitignore.ts';
import type { Entry, WorkspaceFiles } from './workspace-files.ts';

const largestGitIgnore = 1024 * 1024;

/** A folder whose names are known; `path` and `repositoryPath` are `''` or end in `/`. */
interface ListedFolder {
  readonly root: { readonly key: string };
  readonly path: string;
  readonly repositoryPath: string;
  /** Those that hold for the folder itself. */
  readonly rules: GitIgnore;
}

/** @returns the rules for what is in the folder. In a repository within another one, such as a submodule, only its own hold. */
export async function rulesWithin(
  files: WorkspaceFiles,
  folder: ListedFolder,
  entries: readonly Entry[],
  signal: AbortSignal,
): Promise<GitIgnore> {
  const { root, path, repositoryPath } = folder;
  const isOther = path !== '' && entries.some(({ name }) => name === '.git');
  const sources = isOther ? ['.git/info/exclude'] : [];
  if (entries.some(({ name, kind }) => name === '.gitignore' && kind === 'file')) sources.push('.gitignore');
  let rules = isOther ? GitIgnore.none(files.caseSensitive) : folder.rules;
  for (const source of sources) {
    const read = await files.read(root.key, path + source, largestGitIgnore, signal);
    const decoded = read.kind === 'bytes' ? decode(read.bytes) : undefined;
    if (decoded?.kind === 'text') rules = rules.with(repositoryPath.replace(/\/$/, ''), source, decoded.text);
  }
  return rules;
}
