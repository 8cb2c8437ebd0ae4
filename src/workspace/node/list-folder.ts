import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import type { Entry, LinkTarget, Listing } from '../workspace-files.ts';
import { errorText, toKey } from './system.ts';

/** Never rejects. */
export async function listFolder(root: string, path: string): Promise<Listing> {
  const folder = path === '' ? `${root}/` : `${root}/${path}`;
  try {
    const found = await readdir(folder, { withFileTypes: true });
    // Node shows bytes that are no UTF-8 as U+FFFD; the bytes themselves tell them from a real one.
    if (found.some(({ name }) => name.includes('\uFFFD')))
      return { kind: 'entries', entries: await byBytes(root, folder) };
    return { kind: 'entries', entries: await Promise.all(found.map((one) => entryOf(root, folder, one, one.name))) };
  } catch (error) {
    return { kind: 'failed', detail: errorText(error) };
  }
}

async function byBytes(root: string, folder: string): Promise<readonly Entry[]> {
  const found = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  const entries = found.map((one): Entry | Promise<Entry> =>
    isUtf8(one.name)
      ? entryOf(root, folder, one, one.name.toString('utf8'))
      : { kind: 'unnameable', name: escapeBytes(one.name) },
  );
  return Promise.all(entries);
}

const escapeBytes = (name: Uint8Array): string =>
  [...name].map((byte) => (byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('');

type Kinds = Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;

function entryOf(root: string, folder: string, found: Kinds, name: string): Entry | Promise<Entry> {
  if (found.isFile()) return { kind: 'file', name };
  if (found.isDirectory()) return { kind: 'folder', name };
  if (found.isSymbolicLink())
    return linkTarget(root, `${folder}/${name}`).then((target) => ({ kind: 'link', name, target }));
  return { kind: 'other', name };
}

async function linkTarget(root: string, link: string): Promise<LinkTarget> {
  try {
    const real = toKey(await realpath(link));
    const isFolder = (await stat(link)).isDirectory();
    if (real !== root && !real.startsWith(`${root}/`)) return { kind: 'outside', isFolder };
    return { kind: 'inside', path: real.slice(root.length + 1), isFolder };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'dangling' : code === 'ELOOP' ? 'loop' : 'unknown' };
  }
}
