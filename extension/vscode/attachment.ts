import { type TextEditor, workspace } from 'vscode';
import type { Attachment } from '../../src/protocol/messages.ts';
import { folderAndPath, openFolders } from './editor-workspace.ts';

/** More than this of a selection is no help to a question: the files themselves are at hand. */
const maxChars = 20_000;

/** The selected lines, or the cursor's; its path is what a snapshot calls the file. */
export function attachmentOf({ document, selection }: TextEditor): Attachment {
  const { start, end } = selection;
  const lastLine = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  const text = selection.isEmpty ? document.lineAt(start.line).text : document.getText(selection);
  const place = folderAndPath(document.uri);
  const path =
    place === undefined
      ? workspace.asRelativePath(document.uri)
      : openFolders().length > 1
        ? `${place.folder.name}/${place.path}`
        : place.path;
  return {
    path,
    startLine: start.line + 1,
    endLine: lastLine + 1,
    text: text.replace(/\r?\n$/, '').slice(0, maxChars),
  };
}
