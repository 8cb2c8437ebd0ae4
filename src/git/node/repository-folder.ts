import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostRefusal } from '../../repl/repl.ts';
import { readWhole } from '../../workspace/node/read-whole.ts';
import type { WorkspaceRoot } from '../../workspace/snapshot.ts';
import { runGit, succeeded } from './run-git.ts';

/**
 * The folder to run git in.
 * @throws HostRefusal when it is no repository on this disk, when its `.git` leads to somebody else's, or when git finds another
 * one there: the history of a repository that was not asked about is nobody's business.
 */
export async function repositoryFolder({ name, location }: WorkspaceRoot, signal: AbortSignal): Promise<string> {
  const folder = location.startsWith('file:') ? fileURLToPath(location) : location;
  if (!isAbsolute(folder)) throw new HostRefusal(`${name} is not on this machine's disk; there is no git history`);
  const marker = await findMarker(folder);
  if (marker === undefined) throw new HostRefusal(`${name} is not in a git repository`);
  const own = await ownRepository(marker);
  // Git takes a folder laid out like a repository for one, and looks further up where `.git` is none.
  const found = own && succeeded(await runGit(folder, ['rev-parse', '--absolute-git-dir'], signal));
  if (own === undefined || (await real(found?.replace(/\r?\n$/, ''))) !== own)
    throw new HostRefusal(`the .git of ${name} leads to another place, which is not looked into`);
  return folder;
}

async function findMarker(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const marker = join(at, '.git');
    if ((await lstat(marker).catch(() => undefined)) !== undefined) return marker;
    if (dirname(at) === at) return undefined;
  }
}

/** @returns the repository's own folder, links resolved; `undefined` when it, or anything in it, is somewhere else. */
async function ownRepository(marker: string): Promise<string | undefined> {
  const info = await lstat(marker);
  if (info.isDirectory()) return (await leadsElsewhere(marker)) ? undefined : real(marker);
  return info.isFile() ? ownWorktree(marker) : undefined;
}

async function leadsElsewhere(repository: string): Promise<boolean> {
  const elsewhere = ['commondir', 'objects/info/alternates'].map((name) =>
    lstat(join(repository, name)).catch(() => undefined),
  );
  const linked = ['', 'objects', 'objects/pack'].map((name) => holdsLinks(join(repository, name)));
  return (await Promise.all(elsewhere)).some((one) => one !== undefined) || (await Promise.all(linked)).includes(true);
}

async function holdsLinks(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isSymbolicLink());
}

/** A worktree's folder lies in its repository's `worktrees`, which who made the `.git` file could not write into, and names that file. */
async function ownWorktree(marker: string): Promise<string | undefined> {
  const at = await real(marker);
  const folder = await namedIn(at, /^gitdir: (.+)$/);
  const back = folder && (await namedIn(join(folder, 'gitdir')));
  if (folder === undefined || back === undefined || back !== at) return undefined;
  const repository = dirname(dirname(folder));
  const common = await namedIn(join(folder, 'commondir'));
  if (basename(dirname(folder)) !== 'worktrees' || common !== repository) return undefined;
  return (await leadsElsewhere(repository)) ? undefined : folder;
}

/** The place that a short file names, as seen from its folder. */
async function namedIn(file: string | undefined, line = /^(.+)$/): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const read = await readWhole(file, longestPath);
  const text = read.kind === 'bytes' ? Buffer.from(read.bytes).toString('utf8') : '';
  const named = line.exec(text.replace(/\r?\n$/, ''))?.[1];
  return named && real(resolve(dirname(file), named));
}

const longestPath = 8192;

const real = (path: string | undefined): Promise<string | undefined> =>
  path === undefined ? Promise.resolve(undefined) : realpath(path).catch(() => undefined);
