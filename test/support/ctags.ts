import { spawnSync } from 'node:child_process';
import type { DefinitionItem, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import { neverAborted } from './workspace.ts';

export interface Tag {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  readonly kind: string;
}

export interface Agreement {
  readonly files: number;
  readonly tags: number;
  readonly found: number;
  /** Definitions that universal-ctags has and the outline has not, within a line. */
  readonly missing: readonly Tag[];
  readonly ours: number;
  readonly seconds: number;
}

export const hasCtags = (): boolean =>
  /Universal Ctags/.test(spawnSync('ctags', ['--version'], { encoding: 'utf8' }).stdout ?? '');

/** Imports are no definitions, and nothing that has no name of its own is looked for by name. */
const notDefinitions = new Set([
  'import',
  'namespace',
  'unknown',
  'packageName',
  'file',
  'header',
  'package',
  'label',
  'parameter',
  'local',
]);

/** Compares the definitions in the files of one language below a folder with those of universal-ctags. */
export async function compareWithCtags(source: SymbolSource, folder: string, language: string): Promise<Agreement> {
  const snapshot = await buildSnapshot(diskFiles([{ location: folder }]), {}, neverAborted());
  const paths = snapshot.files.filter((file) => file.language === language).map(({ path }) => path);
  const tags = tagsOf(snapshot.roots[0]?.location ?? folder, paths);
  const startedAt = performance.now();
  const ours = new Map<string, readonly DefinitionItem[]>();
  for (const path of paths) {
    const { items } = await source.ask({ ask: 'outline', path }, { snapshot, texts: {} }, neverAborted());
    ours.set(path, items as readonly DefinitionItem[]);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const missing = tags.filter((tag) => !(ours.get(tag.path) ?? []).some((item) => isSame(item, tag)));
  const count = [...ours.values()].reduce((sum, items) => sum + items.length, 0);
  return { files: paths.length, tags: tags.length, found: tags.length - missing.length, missing, ours: count, seconds };
}

/** Sigils, the `=` of Ruby's setters and the blanks of C++'s operators aside. */
const plain = (name: string): string => name.replace(/^[#~]|(?<=\w)=$|\s/g, '');

/** A name and its definition can begin on neighbouring lines. */
const isSame = (item: DefinitionItem, { name, line }: Tag): boolean =>
  plain(item.name) === plain(name) && item.start - 1 <= line && line <= item.end + 1;

function tagsOf(root: string, paths: readonly string[]): readonly Tag[] {
  const args = ['--output-format=json', '--fields=+nKs', '--sort=no', '-L', '-', '-f', '-'];
  const input = paths.join('\n');
  const { stdout, status, stderr } = spawnSync('ctags', args, {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`ctags ended with ${status}: ${stderr}`);
  const rows = stdout.split('\n').filter((row) => row !== '');
  return rows.flatMap((row): readonly Tag[] => {
    const tag = JSON.parse(row) as RawTag;
    const { name, path, line, kind } = tag;
    return isDefinition(tag) ? [{ name, path, line, kind }] : [];
  });
}

interface RawTag extends Tag {
  readonly pattern: string;
  readonly scopeKind?: string;
}

/** In scripts, ctags also lists what is imported (as `alias`) and what is local to a function. */
function isDefinition({ name, kind, path, pattern, scopeKind }: RawTag): boolean {
  if (notDefinitions.has(kind) || /^__anon|^anonymous/i.test(name)) return false;
  if (!/\.[cm]?[jt]sx?$/.test(path)) return true;
  if (kind === 'alias') return /^\/\^\s*(?:export\s+|declare\s+)*type\s+[\w$]+\s*[<=]/.test(pattern);
  const isLocal = /^\/\^\s/.test(pattern) && scopeKind !== 'namespace';
  return !(isLocal && (kind === 'constant' || kind === 'variable'));
}

/** The kinds of what is missing, with some of each. */
export function describeMissing(missing: readonly Tag[], perKind = 3): readonly string[] {
  const byKind = Map.groupBy(missing, ({ kind }) => kind);
  return [...byKind]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, tags]) => {
      const some = tags.slice(0, perKind).map(({ path, line, name }) => `\`${name}\` ${path}:${line}`);
      return `${kind}: ${tags.length} (${some.join(', ')})`;
    });
}
