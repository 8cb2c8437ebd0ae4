import { type FolderRange, foldersIn, sizesOf, wholeOf } from './folder-ranges.ts';
import type { Snapshot } from './snapshot.ts';
import { formatBytes, formatCount, visiblePath } from './visible.ts';

const smallWorkspace = 60;
const deepest = 8;
const nameChars = 60;

/** Every path of a small workspace; else as many levels of folders as fit, the largest of each folder first to stay. */
export function treeSection(snapshot: Snapshot, maxChars: number): string {
  const { files } = snapshot;
  if (files.length === 0) return '';
  if (files.length <= smallWorkspace) {
    const lines = files.map((one) => `${visiblePath(one.path, 4000)}  ${formatCount(one.lineCount, 'line')}`);
    const all = `Files:\n${lines.join('\n')}`;
    if (all.length <= maxChars) return all;
  }
  const title = 'Folders (files, size):\n';
  return title + deepestTree(snapshot, maxChars - title.length);
}

function deepestTree(snapshot: Snapshot, maxChars: number): string {
  const bytesIn = sizesOf(snapshot);
  let best: string | undefined;
  for (let depth = 1; depth <= deepest; depth++) {
    const tree = treeOf(snapshot, bytesIn, depth, 40);
    if (tree.length > maxChars || tree === best) break;
    best = tree;
  }
  for (const widest of [20, 10, 5, 2]) best ??= fitting(treeOf(snapshot, bytesIn, 1, widest), maxChars);
  return best ?? '';
}

const fitting = (text: string, maxChars: number): string | undefined => (text.length <= maxChars ? text : undefined);

function treeOf(snapshot: Snapshot, bytesIn: (range: FolderRange) => number, depth: number, widest: number): string {
  const lines: string[] = [];
  const add = (range: FolderRange, level: number): void => {
    const folders = foldersIn(snapshot, range);
    const indent = '  '.repeat(level);
    const inFolders = folders.reduce((sum, { from, to }) => sum + to - from, 0);
    const direct = range.to - range.from - inFolders;
    if (direct > 0 && folders.length > 0) lines.push(`${indent}(${formatCount(direct, 'file')} right here)`);
    const shown = new Set(folders.toSorted((a, b) => bytesIn(b) - bytesIn(a)).slice(0, widest));
    for (const folder of folders) {
      if (!shown.has(folder)) continue;
      const name = visiblePath(folder.path.slice(range.path.length), nameChars);
      const size = formatBytes(bytesIn(folder));
      lines.push(`${indent}${name}  ${formatCount(folder.to - folder.from, 'file')}, ${size}`);
      if (level + 1 < depth) add(folder, level + 1);
    }
    if (folders.length > shown.size)
      lines.push(`${indent}… and ${formatCount(folders.length - shown.size, 'smaller folder')}`);
  };
  add(wholeOf(snapshot), 0);
  if (lines.length === 0) lines.push(`(${formatCount(snapshot.files.length, 'file')} right here, no folders)`);
  return lines.join('\n');
}
