import { commands, env, FileType, type TextEditor, Uri, workspace } from 'vscode';
import { mentionText } from '../../src/protocol/mentions.ts';
import type { Attachment } from '../../src/protocol/messages.ts';
import { HostRefusal } from '../../src/repl/repl.ts';
import { changesQuestion } from '../core/changes-question.ts';
import { HelpfulError } from '../core/failure-help.ts';
import type { EngineHost } from '../node/engine-host.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { pathOf } from './attachment.ts';
import { openFolders } from './editor-workspace.ts';

/** What the question box is to hold. Nothing is asked before the person sends it. */
export interface Draft {
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** From the explorer: `[clicked, selected]`. */
export async function aboutResources([clicked, selected]: readonly unknown[]): Promise<Draft> {
  const many = Array.isArray(selected) ? selected : [clicked];
  const uris = many.filter((one): one is Uri => one instanceof Uri && workspace.getWorkspaceFolder(one) !== undefined);
  const folders =
    uris.length > 0
      ? uris
      : openFolders()
          .map(({ uri }) => uri)
          .slice(0, 1);
  const kinds = await Promise.all(folders.map(isFolder));
  const named = folders.map((uri, at) => mentionText(kinds[at] ? 'folder' : 'file', pathOf(uri) || '.'));
  return { text: `${named.join(' ')} `, attachments: [] };
}

const isFolder = async (uri: Uri): Promise<boolean> =>
  (await workspace.fs.stat(uri).then(
    ({ type }) => type,
    () => FileType.Unknown,
  )) === FileType.Directory;

/** The name at the cursor, or the one that a code action was offered for. */
export function aboutSymbol([name]: readonly unknown[], editor: TextEditor | undefined): Draft {
  const word = editor?.document.getWordRangeAtPosition(editor.selection.active);
  const found = typeof name === 'string' ? name : word && editor?.document.getText(word);
  if (found === undefined || found === '')
    throw new HelpfulError(
      'There is no name at the cursor. Put it into the name of a function, class or variable.',
      [],
    );
  return { text: `${mentionText('symbol', found)}: what is it for, and what uses it?`, attachments: [] };
}

const maxTerminalChars = 20_000;

/**
 * The terminal's selection, else its last command with what that printed. The editor gives neither to extensions but through
 * the clipboard, whose text is put back.
 */
export async function aboutTerminal(): Promise<Draft> {
  const before = await env.clipboard.readText();
  try {
    const text =
      (await copied('workbench.action.terminal.copySelection')) ||
      (await copied('workbench.action.terminal.copyLastCommandAndLastCommandOutput'));
    if (text.trim() === '')
      throw new HelpfulError(
        'Nothing is selected in the terminal, and its last command is not known. Select some lines.',
        [],
      );
    const kept = text.trimEnd().slice(-maxTerminalChars);
    const output = { path: 'terminal', startLine: 1, endLine: kept.split('\n').length, text: kept };
    return {
      text: 'What does this output of the terminal mean, and which code does it come from?',
      attachments: [output],
    };
  } finally {
    await env.clipboard.writeText(before);
  }
}

async function copied(command: string): Promise<string> {
  await env.clipboard.writeText('');
  await commands.executeCommand(command).then(undefined, () => undefined);
  return env.clipboard.readText();
}

/** What is not as in the last commit. Git is run in a trusted workspace only, and reads. */
export async function aboutChanges(snapshots: WorkspaceSnapshots, engines: EngineHost): Promise<Draft> {
  if (!workspace.isTrusted)
    throw new HelpfulError(
      'Git is not run in a workspace that you do not trust: trust it, then ask about its changes.',
      [],
    );
  const { signal } = new AbortController();
  const changes = await snapshots
    .get(signal)
    .then((snapshot) => engines.changesOf(snapshot, signal))
    .catch((error: unknown) => {
      throw error instanceof HostRefusal ? new HelpfulError(`The changes are not known: ${error.message}.`, []) : error;
    });
  if (changes.length === 0) throw new HelpfulError('Nothing has changed since the last commit.', []);
  return { text: changesQuestion(changes), attachments: [] };
}
