import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Path → text. */
export type Files = Readonly<Record<string, string>>;

/** What a window opens. */
export type Opened =
  | { readonly kind: 'folder'; readonly files: Files }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'roots'; readonly roots: Readonly<Record<string, Files>> }
  | { readonly kind: 'nothing' };

export interface Workspace {
  /** The folder, or the one that holds all roots. */
  readonly folder: string;
  /** What the window's address says after `?`. */
  readonly query: string;
}

export function makeWorkspace(base: string, opened: Opened): Workspace {
  if (opened.kind === 'path') return { folder: opened.path, query: `folder=${encodeURIComponent(opened.path)}` };
  const folder = join(base, 'project');
  mkdirSync(folder, { recursive: true });
  if (opened.kind === 'nothing') return { folder, query: 'ew=true' };
  if (opened.kind === 'folder') {
    writeFiles(folder, opened.files);
    return { folder, query: `folder=${encodeURIComponent(folder)}` };
  }
  for (const [name, files] of Object.entries(opened.roots)) writeFiles(join(folder, name), files);
  const file = join(folder, 'all.code-workspace');
  writeFileSync(file, JSON.stringify({ folders: Object.keys(opened.roots).map((path) => ({ path })) }));
  return { folder, query: `workspace=${encodeURIComponent(file)}` };
}

export function writeFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
