import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HostRefusal } from '../../repl/repl.ts';
import { secretFile, secretFolder } from '../../workspace/secrets.ts';
import type { WorkspaceRoot } from '../../workspace/snapshot.ts';
import { blobText } from '../blob-text.ts';
import type { ChangedPath, GitReply, GitScope } from '../git-history.ts';
import { parseTree } from '../parse-output.ts';
import { runGit } from './run-git.ts';

export interface Place {
  readonly root: WorkspaceRoot;
  readonly folder: string;
  readonly commit: string;
}

/** More than these are said to have changed without a look at how (line ends, byte-order marks and encodings are no change). */
const maxCompared = 300;

/** Between them Stop is heard, and others go on. */
const filesInATurn = 200;

/** What of the loaded files is not as in that commit. Compares contents itself: git would run the repository's filters. */
export async function changesIn(place: Place, scope: GitScope, signal: AbortSignal): Promise<GitReply> {
  const { root, folder, commit } = place;
  const { snapshot, whole } = scope;
  const listed = await runGit(folder, ['ls-tree', '-r', '-z', commit], signal);
  if (listed.code !== 0 || listed.cut) throw new HostRefusal('git could not list the commit');
  const prefix = snapshot.roots.length === 1 ? '' : `${root.name}/`;
  const before = new Map(parseTree(listed.stdout).map(({ path, oid }) => [prefix + path, oid]));
  const items: ChangedPath[] = [];
  const different: string[] = [];
  for (const [index, { path }] of snapshot.files.entries()) {
    if (!path.startsWith(prefix)) continue;
    if (index % filesInATurn === 0) await nextTurn();
    signal.throwIfAborted();
    const oid = before.get(path);
    if (oid === undefined) items.push({ path, change: 'added' });
    else if (blobId(snapshot.text(path) ?? '', oid.length) !== oid) different.push(path);
  }
  for (const [index, path] of different.entries()) {
    const same =
      index < maxCompared && (await isSameText(folder, before.get(path) ?? '', snapshot.text(path) ?? '', signal));
    if (!same) items.push({ path, change: 'modified' });
  }
  const gone = [...before.keys()].filter((path) => snapshot.file(path) === undefined);
  if (whole) {
    const leftOut = new Set(snapshot.coverage.leftOut.map((entry) => entry.path));
    for (const path of gone) if (isGone(path, leftOut)) items.push({ path, change: 'deleted' });
  }
  items.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { items, notes: whole ? [] : ['deleted files are told only to an agent that has all files'] };
}

/** The name git gives a text: SHA-1, or SHA-256 where names are that long. */
function blobId(text: string, length: number): string {
  const bytes = Buffer.from(text);
  return createHash(length === 64 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

async function isSameText(folder: string, oid: string, text: string, signal: AbortSignal): Promise<boolean> {
  const { code, bytes, cut } = await runGit(folder, ['cat-file', 'blob', oid], signal);
  const before = code === 0 && !cut ? blobText(bytes) : undefined;
  return before?.replaceAll('\r\n', '\n') === text.replaceAll('\r\n', '\n');
}

/** Neither left out (a folder's path ends in `/`) nor a secret: it was there, and is not any more. */
function isGone(path: string, leftOut: ReadonlySet<string>): boolean {
  const folders = path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/'));
  if (secretFile(path) !== undefined || folders.some((folder) => secretFolder(folder) !== undefined)) return false;
  return !leftOut.has(path) && !folders.some((folder) => leftOut.has(`${folder}/`));
}
