import type { MentionKind } from '../../src/protocol/mentions.ts';
import type { MentionItem } from '../../src/protocol/messages.ts';

const shown = 12;

/** Files or folders whose path holds what was typed, letter by letter; the closest first. */
export function completePaths(kind: MentionKind, paths: readonly string[], typed: string): readonly MentionItem[] {
  const wanted = typed.toLowerCase();
  return paths
    .flatMap((path) => {
      const score = closeness(path.toLowerCase(), wanted);
      return score === undefined ? [] : [{ path, score }];
    })
    .toSorted((a, b) => a.score - b.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1))
    .slice(0, shown)
    .map(({ path }) => ({ kind, name: path, detail: '' }));
}

/** All folders that files are in. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return [...folders];
}

/** Lower is closer; `undefined` when the letters are not there in this order. */
function closeness(path: string, wanted: string): number | undefined {
  const base = path.slice(path.lastIndexOf('/') + 1);
  if (base.startsWith(wanted)) return 0;
  if (base.includes(wanted)) return 1;
  if (path.includes(wanted)) return 2;
  let at = -1;
  for (const letter of wanted) {
    at = path.indexOf(letter, at + 1);
    if (at < 0) return undefined;
  }
  return 3;
}
