import type { Snapshot, SnapshotFile } from './snapshot.ts';
import { visibleLine, visiblePath } from './visible.ts';

const manifest =
  /(?:^|\/)(?:package\.json|pyproject\.toml|setup\.py|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|composer\.json|Gemfile|mix\.exs|deno\.jsonc?|Package\.swift|pubspec\.yaml|CMakeLists\.txt|Makefile|justfile|Dockerfile|[^/]+\.(?:sln|csproj|cabal|gemspec))$/;
const program =
  /(?:^|\/)(?:main\.\w+|__main__\.py|manage\.py|(?:index|server|app|cli|extension)\.(?:[cm]?[jt]sx?|py|rb|php)|Program\.cs|lib\.rs)$/;
const largestManifest = 256 * 1024;

/** Manifests and programs, those nearest to the top first: a line each, what a manifest declares beside it. */
export function entryPoints(snapshot: Snapshot, maxLines: number): readonly string[] {
  const found = snapshot.files.filter(({ path }) => manifest.test(path) || program.test(path));
  const ranked = found
    .map((file) => ({ file, rank: depth(file.path) * 2 + (manifest.test(file.path) ? 0 : 1) }))
    .sort((a, b) => a.rank - b.rank);
  const lines = ranked.slice(0, maxLines).map(({ file }) => {
    const declared = file.byteLength <= largestManifest ? declarations(snapshot, file) : '';
    return visiblePath(file.path, 120) + (declared === '' ? '' : `: ${visibleLine(declared, 240)}`);
  });
  return ranked.length > maxLines ? [...lines, `… and ${ranked.length - maxLines} more`] : lines;
}

const depth = (path: string): number => path.split('/').length;

function declarations(snapshot: Snapshot, { path }: SnapshotFile): string {
  const read = readers[path.slice(path.lastIndexOf('/') + 1)];
  return read === undefined ? '' : read(snapshot.text(path) ?? '');
}

const readers: Readonly<Record<string, (text: string) => string>> = {
  'package.json': packageJson,
  'go.mod': (text) => /^module\s+\S+/m.exec(text)?.[0] ?? '',
  'Cargo.toml': (text) => tomlFacts(text, ['package', 'workspace', 'lib', 'bin']),
  'pyproject.toml': (text) => tomlFacts(text, ['project', 'project.scripts', 'tool.poetry', 'tool.poetry.scripts']),
};

function packageJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return '';
  }
  if (typeof value !== 'object' || value === null) return '';
  const fields = new Map(Object.entries(value));
  const facts = ['name', 'main', 'module', 'bin', 'workspaces'].flatMap((key) =>
    fields.has(key) ? [`${key} ${JSON.stringify(fields.get(key))}`] : [],
  );
  const scripts: unknown = fields.get('scripts');
  if (typeof scripts === 'object' && scripts !== null) facts.push(`scripts ${Object.keys(scripts).join(', ')}`);
  return facts.join('; ');
}

/** Names, members and scripts of some tables; no whole TOML is needed for that. */
function tomlFacts(text: string, tables: readonly string[]): string {
  const facts: string[] = [];
  let table = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[\[?([^\]]+)\]\]?/.exec(line)?.[1];
    if (header !== undefined) table = header.trim();
    else if (tables.includes(table) && (table.endsWith('scripts') || /^(?:name|path|members)\s*=/.test(line))) {
      if (line.trim() !== '' && !line.startsWith('#')) facts.push(`[${table}] ${line.trim()}`);
    }
  }
  return facts.join('; ');
}
