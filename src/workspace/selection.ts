import type { Snapshot } from './snapshot.ts';

/** A part of a snapshot, over the same bytes. Paths it does not have are passed over. */
export function selectFiles(snapshot: Snapshot, paths: readonly string[]): Snapshot {
  const wanted = new Set(paths);
  const files = snapshot.files.filter((file) => wanted.has(file.path));
  const bytesLoaded = files.reduce((sum, file) => sum + file.byteLength, 0);
  const within =
    <T, A extends readonly unknown[]>(look: (path: string, ...rest: A) => T | undefined) =>
    (path: string, ...rest: A) =>
      wanted.has(path) ? look(path, ...rest) : undefined;
  return {
    id: snapshot.id,
    roots: snapshot.roots,
    files,
    bytes: snapshot.bytes,
    coverage: { filesTotal: files.length, filesLoaded: files.length, bytesLoaded, leftOut: [] },
    file: within((path) => snapshot.file(path)),
    text: within((path) => snapshot.text(path)),
    lines: within((path, start: number, end: number) => snapshot.lines(path, start, end)),
  };
}
