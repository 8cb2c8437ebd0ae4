import type { Snapshot } from '../workspace/snapshot.ts';
import type { CodeNow } from './recheck.ts';

/** A snapshot as citations are checked against it. */
export const codeOf = (snapshot: Snapshot): CodeNow => ({
  paths: snapshot.files.map(({ path }) => path),
  lines: (path) => {
    const file = snapshot.file(path);
    return file && (file.lineCount === 0 ? [] : snapshot.lines(path, 1, file.lineCount));
  },
});
