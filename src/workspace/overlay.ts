import type { WorkspaceFiles } from './workspace-files.ts';

/**
 * The same files with some texts replaced, as an editor's unsaved ones are. Ignore files are files, too. What exists in
 * the overlay only, such as an untitled document, is no part of the workspace.
 * @param textOf the text that wins over the stored one, or `undefined`.
 */
export function withOverlay(
  files: WorkspaceFiles,
  textOf: (key: string, path: string) => string | undefined,
): WorkspaceFiles {
  const encoder = new TextEncoder();
  return {
    folders: files.folders,
    caseSensitive: files.caseSensitive,
    open: (location, signal) => files.open(location, signal),
    repository: (key, signal) => files.repository(key, signal),
    list: (key, path, signal) => files.list(key, path, signal),
    hash: (bytes) => files.hash(bytes),
    pause: () => files.pause(),
    async read(key, path, maxBytes, signal) {
      const text = textOf(key, path);
      if (text === undefined) return files.read(key, path, maxBytes, signal);
      const bytes = encoder.encode(text);
      return bytes.length > maxBytes ? { kind: 'too-large', size: bytes.length } : { kind: 'bytes', bytes };
    },
  };
}
