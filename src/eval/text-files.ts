import type { Entry, WorkspaceFiles } from '../workspace/workspace-files.ts';

/** A corpus that is made, not read: text by path, made when it is read. */
export interface TextCorpus {
  readonly texts: ReadonlyMap<string, () => string>;
  readonly hash: WorkspaceFiles['hash'];
  readonly pause: WorkspaceFiles['pause'];
}

const root = '/corpus';

/** Texts as a workspace of one folder, whatever their number. */
export function textFiles({ texts, hash, pause }: TextCorpus): WorkspaceFiles {
  const folders = foldersOf(texts.keys());
  const encoder = new TextEncoder();
  return {
    folders: [{ location: root }],
    caseSensitive: true,
    open: async () => ({ kind: 'folder', key: root }),
    repository: async () => ({ rootPath: '', rules: [] }),
    list: async (_key, path) => ({ kind: 'entries', entries: [...(folders.get(path)?.values() ?? [])] }),
    read: async (_key, path, maxBytes) => {
      const text = texts.get(path)?.();
      if (text === undefined) return { kind: 'failed', detail: 'no such file' };
      const bytes = encoder.encode(text);
      return bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'bytes', bytes };
    },
    hash,
    pause,
  };
}

function foldersOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlyMap<string, Entry>> {
  const folders = new Map<string, Map<string, Entry>>([['', new Map()]]);
  const enter = (folder: string, entry: Entry): void => {
    const entries = folders.get(folder) ?? new Map<string, Entry>();
    entries.set(entry.name, entry);
    folders.set(folder, entries);
  };
  for (const path of paths) {
    const names = path.split('/');
    const name = names.pop() ?? '';
    for (const [at, folder] of names.entries()) enter(names.slice(0, at).join('/'), { kind: 'folder', name: folder });
    enter(names.join('/'), { kind: 'file', name });
  }
  return folders;
}
