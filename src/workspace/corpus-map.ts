import { entryPoints } from './entry-points.ts';
import { treeSection } from './map-tree.ts';
import { readmes } from './readmes.ts';
import type { Snapshot } from './snapshot.ts';
import { formatBytes, formatCount, visibleLine } from './visible.ts';

/**
 * What the root model sees first: sizes, languages, folders, entry points, READMEs and what was left out. Never longer
 * than `maxChars` whatever the workspace holds, and the same for the same snapshot. Its names and README lines are the
 * workspace's own words: made printable, not made trustworthy.
 */
export function describeWorkspace(snapshot: Snapshot, maxChars = 4200): string {
  const head = [totals(snapshot), limits(snapshot), roots(snapshot), languages(snapshot), leftOut(snapshot)].filter(
    (line) => line !== '',
  );
  const share = Math.floor(maxChars / 5);
  const entries = section('Entry points and manifests:', entryPoints(snapshot, 25), share);
  const abouts = section('READMEs:', readmes(snapshot, 6), share);
  const used = [...head, entries, abouts].reduce((sum, part) => sum + part.length + 2, 0);
  const tree = treeSection(snapshot, Math.max(0, maxChars - used));
  const parts = [head.join('\n'), tree, entries, abouts].filter((part) => part !== '');
  return clip(parts.join('\n\n'), maxChars);
}

function totals({ files, coverage }: Snapshot): string {
  if (files.length === 0) return 'The workspace holds no readable text file.';
  const lines = files.reduce((sum, file) => sum + file.lineCount, 0);
  return `${formatCount(files.length, 'file')}, ${formatCount(lines, 'line')}, ${formatBytes(coverage.bytesLoaded)} of text.`;
}

function limits({ coverage: { scope } }: Snapshot): string {
  if (scope === undefined) return '';
  const line = `The question is limited to ${scope.paths.join(', ')}: ${formatCount(scope.filesOutside, 'other file')} of the workspace cannot be read here.`;
  return visibleLine(line, 600);
}

function roots({ roots: all }: Snapshot): string {
  if (all.length < 2) return '';
  return visibleLine(
    `Every path begins with one of ${all.length} roots: ${all.map(({ name }) => `${name}/`).join(', ')}`,
    400,
  );
}

function languages({ files }: Snapshot): string {
  if (files.length === 0) return '';
  const bytes = new Map<string, number>();
  const counts = new Map<string, number>();
  for (const { language, byteLength } of files) {
    bytes.set(language, (bytes.get(language) ?? 0) + byteLength);
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const ranked = [...bytes].sort(([a, sizeA], [b, sizeB]) => sizeB - sizeA || (a < b ? -1 : 1));
  const shown = ranked.slice(0, 10).map(([id, size]) => `${id} ${formatBytes(size)} in ${counts.get(id)}`);
  const rest = ranked.length > 10 ? `, ${ranked.length - 10} more` : '';
  return `Languages: ${shown.join(', ')}${rest}.`;
}

function leftOut({ coverage }: Snapshot): string {
  if (coverage.leftOut.length === 0) return 'Nothing was left out.';
  const byReason = new Map<string, { folders: number; files: number }>();
  for (const { path, reason } of coverage.leftOut) {
    const count = byReason.get(reason) ?? { folders: 0, files: 0 };
    if (path.endsWith('/')) count.folders++;
    else count.files++;
    byReason.set(reason, count);
  }
  const parts = [...byReason]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, { folders, files }]) => {
      const counts = [folders > 0 ? formatCount(folders, 'folder') : '', files > 0 ? formatCount(files, 'file') : ''];
      return `${reason} ${counts.filter((part) => part !== '').join(' and ')}`;
    });
  return `Left out, not readable here: ${parts.join('; ')}.`;
}

/** Whole lines as long as they fit. */
function section(title: string, lines: readonly string[], maxChars: number): string {
  const kept: string[] = [];
  let length = title.length;
  for (const line of lines) {
    length += line.length + 1;
    if (length > maxChars) break;
    kept.push(line);
  }
  return kept.length === 0 ? '' : [title, ...kept].join('\n');
}

const clip = (text: string, maxChars: number): string =>
  text.length <= maxChars ? text : `${text.slice(0, Math.max(0, maxChars - 1)).toWellFormed()}…`.slice(0, maxChars);
