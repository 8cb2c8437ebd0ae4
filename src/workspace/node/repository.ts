import { stat } from 'node:fs/promises';
import { decode } from '../decode.ts';
import type { Repository, RulesAbove } from '../workspace-files.ts';
import { readWhole } from './read-whole.ts';

const largestRules = 1024 * 1024;

/** Looks upwards for the folder that holds `.git`. A worktree's or submodule's `.git` file marks a top as well. */
export async function repositoryOf(key: string): Promise<Repository> {
  const top = await topOf(key);
  if (top === undefined) return { rootPath: '', rules: [] };
  const rootPath = key.slice(top.length + 1);
  const segments = rootPath === '' ? [] : rootPath.split('/');
  const folders = segments.map((_, depth) => segments.slice(0, depth).join('/'));
  const rules = await Promise.all([
    rulesIn(top, '', '.git/info/exclude'),
    ...folders.map((folder) => rulesIn(top, folder, '.gitignore')),
  ]);
  return { rootPath, rules: rules.filter((one) => one !== undefined) };
}

async function topOf(key: string): Promise<string | undefined> {
  for (let folder = key; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const found = await stat(`${folder}/.git`).catch(() => undefined);
    if (found !== undefined) return folder;
    if (!folder.includes('/')) return undefined;
  }
}

async function rulesIn(top: string, folder: string, source: string): Promise<RulesAbove | undefined> {
  const read = await readWhole(`${top}/${folder === '' ? '' : `${folder}/`}${source}`, largestRules);
  const decoded = read.kind === 'bytes' ? decode(read.bytes) : undefined;
  return decoded?.kind === 'text' ? { folder, source, text: decoded.text } : undefined;
}
