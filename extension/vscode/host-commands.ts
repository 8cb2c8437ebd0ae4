import { ProgressLocation, window } from 'vscode';
import type { Chat } from '../core/chat.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { leftOutReport } from '../core/left-out-report.ts';
import type { CommandName } from '../ids.ts';
import type { EngineHost } from '../node/engine-host.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { aboutChanges, aboutResources, aboutSymbol, aboutTerminal, type Draft } from './ask-about.ts';
import type { Asking } from './asking.ts';
import { attachmentOf } from './attachment.ts';
import type { ReadOnlyDocuments } from './documents.ts';
import { openFolders } from './editor-workspace.ts';
import { chooseConversation } from './history.ts';
import type { ModelMenu } from './model-menu.ts';
import type { Output } from './output.ts';
import { chooseQuestion, saveQuestion } from './question-library.ts';
import type { RunPanel } from './run-panel.ts';
import type { Sidebar } from './sidebar.ts';

export interface CommandPorts {
  readonly chat: Chat;
  readonly asking: Asking;
  readonly warmUp: () => void;
  readonly snapshots: WorkspaceSnapshots;
  readonly engines: EngineHost;
  readonly documents: ReadOnlyDocuments;
  readonly menu: ModelMenu;
  readonly output: Output;
  readonly panel: RunPanel;
  readonly sidebar: Sidebar;
}

/** What the editor gives with a command, such as the resource of a menu. */
type CommandArguments = readonly unknown[];

export type HostCommands = Readonly<Record<CommandName, (given: CommandArguments) => Promise<void> | void>>;

export function hostCommands(ports: CommandPorts): HostCommands {
  const { chat, sidebar, panel, menu, snapshots, engines } = ports;
  const compose = ({ text, attachments }: Draft) => sidebar.compose(text, attachments);
  return {
    ask: () => askFromPalette(ports),
    askSelection: async () => {
      const editor = window.activeTextEditor;
      await sidebar.compose('', editor === undefined ? [] : [attachmentOf(editor)]);
    },
    askFolder: async (given) => compose(await aboutResources(given)),
    askSymbol: (given) => compose(aboutSymbol(given, window.activeTextEditor)),
    askTerminal: async () => compose(await aboutTerminal()),
    askChanges: async () => compose(await aboutChanges(snapshots, engines)),
    savedQuestions: async () => {
      const text = await chooseQuestion();
      if (text !== undefined) await sidebar.compose(text, []);
    },
    saveQuestion: async () => {
      await chat.open();
      const last = chat.entries.at(-1)?.question;
      if (last === undefined) throw new HelpfulError('There is no question yet. Ask something first.', []);
      await saveQuestion(last);
    },
    stop: () => {
      for (const runId of chat.runningIds) chat.stop(runId, undefined);
    },
    openLastRun: async () => {
      await chat.open();
      const all = chat.conversations.flatMap(({ entries }) => entries);
      const last = chat.runningIds.at(-1) ?? all.toSorted((a, b) => (a.log < b.log ? -1 : 1)).at(-1)?.runId;
      if (last === undefined) throw new HelpfulError('There is no run yet. Ask something first.', []);
      await panel.show(last, undefined, true);
    },
    openRun: async ([runId]) => {
      await chat.open();
      await panel.show(String(runId), undefined, true);
    },
    chooseModel: () => menu.choose(),
    setKey: () => menu.setKey(),
    showLoaded: () => showLoaded(ports),
    newChat: async () => {
      await chat.open();
      chat.newConversation();
      await sidebar.compose('', []);
    },
    history: async () => {
      const chosen = await chooseConversation(chat);
      if (chosen === undefined) return;
      await chat.show(chosen);
      await sidebar.reveal();
    },
    showOutput: () => ports.output.channel.show(true),
  };
}

async function askFromPalette({ asking, sidebar, panel, warmUp }: CommandPorts): Promise<void> {
  if (openFolders().length === 0)
    throw new HelpfulError('No folder is open. Open a folder and ask again.', ['open-folder']);
  // While the person types.
  warmUp();
  const question = await window.showInputBox({
    title: 'Ask codebase',
    prompt: 'A question about the folders that are open',
    placeHolder: 'Where is … decided? How does … work? What breaks if …?',
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') return;
  const runId = await asking.ask(question, []);
  await panel.show(runId, undefined);
  await sidebar.reveal();
}

async function showLoaded({ snapshots, documents }: CommandPorts): Promise<void> {
  if (openFolders().length === 0)
    throw new HelpfulError('No folder is open. Open a folder and ask again.', ['open-folder']);
  const where = { location: ProgressLocation.Window, title: 'Ask Codebase: reading the workspace' };
  const snapshot = await window.withProgress(where, () => snapshots.get(new AbortController().signal));
  await documents.show('What would be loaded.md', leftOutReport(snapshot.coverage));
}
