import { hash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FolderToOpen, OpenedFolder, WorkspaceFiles } from '../workspace-files.ts';
import { listFolder } from './list-folder.ts';
import { readWhole } from './read-whole.ts';
import { repositoryOf } from './repository.ts';
import { errorText, fromKey, toKey } from './system.ts';

/** The local disk. Relative locations start at the process's folder. */
export function diskFiles(folders: readonly FolderToOpen[]): WorkspaceFiles {
  return {
    folders,
    // The usual case of the system's disks; a disk can be set up otherwise.
    caseSensitive: process.platform !== 'win32' && process.platform !== 'darwin',
    open,
    repository: (key) => repositoryOf(key),
    list: (key, path) => listFolder(fromKey(key), path),
    read: (key, path, maxBytes) => readWhole(`${fromKey(key)}/${path}`, maxBytes),
    hash: (bytes) => hash('sha256', bytes),
    pause: () => setImmediate(),
  };
}

async function open(location: string): Promise<OpenedFolder> {
  try {
    const real = await realpath(resolve(location));
    if (!(await stat(real)).isDirectory()) return { kind: 'not-a-folder', detail: '' };
    return { kind: 'folder', key: toKey(real) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return { kind: 'missing', detail: '' };
    if (code === 'ENOTDIR') return { kind: 'not-a-folder', detail: '' };
    return { kind: 'unreadable', detail: errorText(error) };
  }
}
