import { type FileStat, FileType, type TextDocument, Uri, type WorkspaceFolder, workspace } from 'vscode';
import { decode } from '../../src/workspace/decode.ts';
import { splitLines } from '../../src/workspace/line-index.ts';
import type { SnapshotOptions } from '../../src/workspace/options.ts';
import type { Entry } from '../../src/workspace/workspace-files.ts';
import { type EditorExcludes, globsOfExcludes } from '../core/editor-excludes.ts';
import type { Place } from '../core/places.ts';
import { routedFiles, type UriFiles } from '../node/routed-files.ts';
import type { OpenWorkspace, UnsavedDocument } from '../node/workspace-snapshots.ts';
import { currentSettings } from './settings-access.ts';

export const openFolders = (): readonly WorkspaceFolder[] => workspace.workspaceFolders ?? [];

/** @param onFileChange registers a listener for every change of a file in the workspace. */
export function editorWorkspace(onFileChange: (listener: (uri: Uri) => void) => void): OpenWorkspace {
  return {
    folders: () => openFolders().map(({ uri, name }) => ({ location: uri.toString(), name })),
    unsaved: () => workspace.textDocuments.flatMap((document) => (document.isDirty ? unsavedOf(document) : [])),
    options: snapshotOptions,
    files: (folders) => routedFiles(folders, diskPath, uriFiles),
    watch: (onChange) =>
      onFileChange((uri) => {
        const place = folderAndPath(uri);
        if (place !== undefined) onChange(place.folder.uri.toString(), place.path);
      }),
  };
}

/** The workspace folder of a URI and the path in it. */
export function folderAndPath(uri: Uri): { readonly folder: WorkspaceFolder; readonly path: string } | undefined {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return undefined;
  return { folder, path: uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1) };
}

export const uriOfPlace = ({ root, path }: Place): Uri => Uri.joinPath(Uri.parse(root.uri), path);

/** The lines of a file as it is now: an open document's, else the stored ones. */
export async function linesNow(uri: string): Promise<readonly string[] | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open !== undefined) return splitLines(open.getText());
  try {
    const decoded = decode(await workspace.fs.readFile(Uri.parse(uri)));
    return decoded.kind === 'text' ? splitLines(decoded.text) : undefined;
  } catch {
    return undefined;
  }
}

function unsavedOf(document: TextDocument): readonly UnsavedDocument[] {
  const place = folderAndPath(document.uri);
  if (place === undefined) return [];
  const { folder, path } = place;
  return [{ folder: folder.uri.toString(), path, text: document.getText() }];
}

function snapshotOptions(): SnapshotOptions {
  const { include, exclude, includeLockFiles, maxFileBytes } = currentSettings();
  const scopes = [undefined, ...openFolders()];
  const excludes = scopes.flatMap((scope) =>
    ['files', 'search'].map((section) => workspace.getConfiguration(section, scope).get<EditorExcludes>('exclude', {})),
  );
  return { include, exclude: [...exclude, ...globsOfExcludes(excludes)], includeLockFiles, maxFileBytes };
}

function diskPath(uri: string): string | undefined {
  const parsed = Uri.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

const uriFiles: UriFiles = {
  join: (folder, path) => Uri.joinPath(Uri.parse(folder), path).toString(),
  kind: async (uri) => ((await stat(uri)).type & FileType.Directory ? 'folder' : 'file'),
  list: async (uri) =>
    (await workspace.fs.readDirectory(Uri.parse(uri))).map(([name, type]) => ({ name, kind: kindOf(type) })),
  size: async (uri) => (await stat(uri)).size,
  read: async (uri) => await workspace.fs.readFile(Uri.parse(uri)),
};

const stat = async (uri: string): Promise<FileStat> => await workspace.fs.stat(Uri.parse(uri));

function kindOf(type: FileType): Entry['kind'] {
  if (type & FileType.SymbolicLink) return 'link';
  if (type & FileType.Directory) return 'folder';
  return type & FileType.File ? 'file' : 'other';
}
