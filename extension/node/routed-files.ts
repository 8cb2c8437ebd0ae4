import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import type { Entry, FolderToOpen, OpenedFolder, WorkspaceFiles } from '../../src/workspace/workspace-files.ts';

/** Files that are on no local disk, by URI. Everything may reject. */
export interface UriFiles {
  /** The URI of a path in a folder. */
  readonly join: (folder: string, path: string) => string;
  readonly kind: (uri: string) => Promise<'file' | 'folder' | 'other'>;
  readonly list: (uri: string) => Promise<readonly { readonly name: string; readonly kind: Entry['kind'] }[]>;
  readonly size: (uri: string) => Promise<number>;
  readonly read: (uri: string) => Promise<Uint8Array>;
}

export interface RoutedFiles extends WorkspaceFiles {
  /** The folder, as it was given, that has this key. */
  readonly locationOf: (key: string) => string;
}

/**
 * A workspace whose folders are named by URI: those of the local disk take the fast path, the others the editor's.
 * @param diskPath the path of a URI on the local disk, or `undefined` when it is elsewhere.
 */
export function routedFiles(
  folders: readonly FolderToOpen[],
  diskPath: (uri: string) => string | undefined,
  remote: UriFiles,
): RoutedFiles {
  const disk = diskFiles([]);
  const locations = new Map<string, string>();
  const elsewhere = new Set<string>();
  const uri = (key: string, path: string) => remote.join(locations.get(key) ?? key, path);
  return {
    ...disk,
    folders,
    locationOf: (key) => locations.get(key) ?? key,
    async open(location, signal) {
      const path = diskPath(location);
      const opened = path === undefined ? await openRemote(remote, location) : await disk.open(path, signal);
      if (opened.kind === 'folder') locations.set(opened.key, location);
      if (opened.kind === 'folder' && path === undefined) elsewhere.add(opened.key);
      return opened;
    },
    repository: async (key, signal) =>
      elsewhere.has(key) ? { rootPath: '', rules: [] } : disk.repository(key, signal),
    list: async (key, path, signal) =>
      elsewhere.has(key) ? listRemote(remote, uri(key, path)) : disk.list(key, path, signal),
    read: async (key, path, maxBytes, signal) =>
      elsewhere.has(key) ? readRemote(remote, uri(key, path), maxBytes) : disk.read(key, path, maxBytes, signal),
  };
}

async function openRemote(remote: UriFiles, location: string): Promise<OpenedFolder> {
  try {
    const kind = await remote.kind(location);
    return kind === 'folder' ? { kind, key: location.replace(/\/+$/, '') } : { kind: 'not-a-folder', detail: '' };
  } catch (error) {
    return { kind: 'unreadable', detail: detailOf(error) };
  }
}

async function listRemote(remote: UriFiles, uri: string): ReturnType<WorkspaceFiles['list']> {
  try {
    const found = await remote.list(uri);
    return { kind: 'entries', entries: found.map(({ name, kind }) => entryOf(name, kind)) };
  } catch (error) {
    return { kind: 'failed', detail: detailOf(error) };
  }
}

function entryOf(name: string, kind: Entry['kind']): Entry {
  if (kind === 'link') return { kind, name, target: { kind: 'unknown' } };
  return { kind, name };
}

async function readRemote(remote: UriFiles, uri: string, maxBytes: number): ReturnType<WorkspaceFiles['read']> {
  try {
    const size = await remote.size(uri);
    if (size > maxBytes) return { kind: 'too-large', size };
    const bytes = await remote.read(uri);
    // It may have grown, or its provider may not know its size.
    return bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'bytes', bytes };
  } catch (error) {
    return { kind: 'failed', detail: detailOf(error) };
  }
}

/** Errors of file systems begin with the path, which the caller knows. */
const detailOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? '';
