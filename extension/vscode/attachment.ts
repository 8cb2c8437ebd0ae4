import { type Range, type TextDocument, type TextEditor, type Uri, workspace } from 'vscode';
import type { Attachment } from '../../src/protocol/messages.ts';
import { folderAndPath, openFolders } from './editor-workspace.ts';

/** More than this of a selection is no help to a question: the files themselves are at hand. */
const maxChars = 20_000;

/** The selected lines, or the cursor's; its path is what a snapshot calls the file. */
export const attachmentOf = ({ document, selection }: TextEditor): Attachment => attachmentOfRange(document, selection);

/** The lines of a range; of an empty one the line that it is in. */
export function attachmentOfRange(document: TextDocument, range: Range): Attachment {
  const { start, end } = range;
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const text = range.isEmpty ? document.lineAt(start.line).text : document.getText(range);
  return {
    path: pathOf(document.uri),
    startLine: start.line + 1,
    endLine: lastLine + 1,
    text: text.replace(/\r?\n$/, '').slice(0, maxChars),
  };
}

/** What a snapshot calls a file or folder; empty for a workspace folder that is the only one. */
export function pathOf(uri: Uri): string {
  const place = folderAndPath(uri);
  if (place === undefined) return workspace.asRelativePath(uri);
  return openFolders().length > 1 ? `${place.folder.name}/${place.path}`.replace(/\/$/, '') : place.path;
}
