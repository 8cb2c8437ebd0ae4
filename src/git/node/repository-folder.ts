import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostRefusal } from '../../repl/repl.ts';
import type { WorkspaceRoot } from '../../workspace/snapshot.ts';

/**
 * The folder to run git in.
 * @throws HostRefusal when it is no repository on this disk, or when its `.git` leads to somebody else's: the history of a
 * repository that was not asked about is nobody's business.
 */
export async function repositoryFolder({ name, location }: WorkspaceRoot): Promise<string> {
  const folder = location.startsWith('file:') ? fileURLToPath(location) : location;
  if (!isAbsolute(folder)) throw new HostRefusal(`${name} is not on this machine's disk; there is no git history`);
  const marker = await findMarker(folder);
  if (marker === undefined) throw new HostRefusal(`${name} is not in a git repository`);
  if (!(await isOwn(marker)))
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

async function holdsLinks(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.some((entry) => entry.isSymbolicLink());
}

/** A folder is, when nothing in it leads elsewhere; a file is when it is a worktree's and the repository it names knows of it. */
async function isOwn(marker: string): Promise<boolean> {
  const info = await lstat(marker);
  if (info.isDirectory()) {
    const elsewhere = ['commondir', 'objects/info/alternates'].map((name) =>
      lstat(join(marker, name)).catch(() => undefined),
    );
    const linked = ['', 'objects', 'objects/pack'].map((name) => holdsLinks(join(marker, name)));
    return (
      (await Promise.all(elsewhere)).every((one) => one === undefined) && !(await Promise.all(linked)).includes(true)
    );
  }
  if (!info.isFile()) return false;
  const named = /^gitdir: (.+)\n?$/.exec(await readFile(marker, 'utf8'))?.[1];
  if (named === undefined) return false;
  const back = await readFile(join(resolve(dirname(marker), named), 'gitdir'), 'utf8').catch(() => undefined);
  if (back === undefined) return false;
  const known = await realpath(back.trim()).catch(() => undefined);
  return known !== undefined && known === (await realpath(marker));
}
