import type { Snapshot, SnapshotFile } from './snapshot.ts';
import { visibleLine, visiblePath } from './visible.ts';

const readme = /(?:^|\/)readme(?:\.\w+)?$/i;
const linesRead = 60;
const linesShown = 3;

/** The first heading and lines of the READMEs nearest to the top. */
export function readmes(snapshot: Snapshot, maxFiles: number): readonly string[] {
  return snapshot.files
    .filter(({ path }) => readme.test(path))
    .map((file) => ({ file, depth: file.path.split('/').length }))
    .sort((a, b) => a.depth - b.depth)
    .slice(0, maxFiles)
    .map(({ file }) => `${visiblePath(file.path, 120)}: ${opening(snapshot, file)}`);
}

function opening(snapshot: Snapshot, { path, lineCount }: SnapshotFile): string {
  const lines = snapshot.lines(path, 1, Math.min(linesRead, lineCount)) ?? [];
  const heading = lines.find((line) => /^#+\s|^=+\s/.test(line))?.replace(/^[#=]+\s*/, '') ?? '';
  // Badges, HTML, rules and underlines say nothing about the project.
  const prose = lines.filter((line) => /^[\p{L}\p{N}*_`"'>(]/u.test(line)).slice(0, linesShown);
  return [heading, ...prose]
    .filter((line) => line !== '')
    .map((line) => visibleLine(line, 200))
    .join(' | ');
}
