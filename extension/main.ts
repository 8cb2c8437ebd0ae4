import type * as vscode from 'vscode';
import {
  CodeAction,
  CodeActionKind,
  chat,
  commands,
  languages,
  lm,
  McpHttpServerDefinition,
  Uri,
  window,
  workspace,
} from 'vscode';
import { followUps, readNote } from './core/follow-ups.ts';
import type { Host } from './engine-main.ts';
import {
  chatViewId,
  commandNames,
  mcpProviderId,
  participantId,
  runPanelId,
  settingsSection,
  toolName,
} from './ids.ts';

type Disposable = vscode.Disposable;
type TextDocument = vscode.TextDocument;

/** What the heavy bundle gives; it lies beside this one and is loaded when something is used. */
interface EngineBundle {
  readonly createHost: (context: vscode.ExtensionContext) => Host;
}

let loaded: Host | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const host = (): Host => {
    loaded ??= loadBundle().createHost(context);
    return loaded;
  };
  const guarded = async (use: (host: Host) => Promise<void> | void): Promise<void> => {
    try {
      await use(host());
    } catch (error) {
      await showTrouble(error);
    }
  };
  const forCommands = commandNames.map((name) =>
    commands.registerCommand(`askCodebase.${name}`, (...given: readonly unknown[]) =>
      guarded((to) => to.command(name, given)),
    ),
  );
  const sidebar: Disposable = window.registerWebviewViewProvider(chatViewId, {
    resolveWebviewView: async (view) => {
      await guarded((to) => to.showSidebar(view));
      if (loaded === undefined) view.webview.html = notStarted;
    },
  });
  const panels: Disposable = window.registerWebviewPanelSerializer(runPanelId, {
    deserializeWebviewPanel: (panel, state) => guarded((to) => to.restorePanel(panel, state)),
  });
  const lookAt = (document: TextDocument) => {
    if (document.languageId === 'markdown' && citation.test(document.getText()))
      void guarded((to) => to.liveCitations());
  };
  const opened = workspace.onDidOpenTextDocument(lookAt);
  workspace.textDocuments.forEach(lookAt);
  const actions = languages.registerCodeActionsProvider({ scheme: '*' }, { provideCodeActions: symbolActions });
  context.subscriptions.push(...forCommands, sidebar, panels, opened, actions, ...openDoors(host, context));
}

/** For the name at the cursor, when the person has turned it on. Loads nothing. */
function symbolActions(document: TextDocument, { start }: vscode.Range): CodeAction[] {
  if (!workspace.getConfiguration(settingsSection).get<boolean>('symbolActions', false)) return [];
  const word = document.getWordRangeAtPosition(start);
  if (word === undefined) return [];
  const name = document.getText(word);
  const action = new CodeAction(`Ask Codebase about ${name}`, CodeActionKind.Empty);
  action.command = { command: 'askCodebase.askSymbol', title: action.title, arguments: [name] };
  return [action];
}

/** What the editor's chat and its agents come in through. They show by themselves what is thrown. */
function openDoors(host: () => Host, context: vscode.ExtensionContext): readonly Disposable[] {
  const participant = chat.createChatParticipant(participantId, (request, context, stream, token) =>
    host().doors.participant.answer(request, context, stream, token),
  );
  participant.followupProvider = {
    provideFollowups: ({ metadata }) => {
      const note = readNote(metadata);
      return note === undefined ? [] : followUps(note).map((prompt) => ({ prompt }));
    },
  };
  const tool = lm.registerTool<unknown>(toolName, {
    prepareInvocation: (options) => host().doors.tool.prepareInvocation(options),
    invoke: (options, token) => host().doors.tool.invoke(options, token),
  });
  const mcp = lm.registerMcpServerDefinitionProvider(mcpProviderId, {
    // Asked eagerly: where the server listens is known when it is wanted.
    provideMcpServerDefinitions: () => {
      const version = String(context.extension.packageJSON.version);
      const offered = new McpHttpServerDefinition('Ask Codebase', Uri.parse('http://127.0.0.1/mcp'), {}, version);
      return workspace.workspaceFolders?.length ? [offered] : [];
    },
    resolveMcpServerDefinition: async (offered: vscode.McpHttpServerDefinition) => {
      const { url, headers } = await host().doors.mcp.address();
      return Object.assign(offered, { uri: Uri.parse(url), headers });
    },
  });
  return [participant, tool, mcp];
}

export async function deactivate(): Promise<void> {
  await loaded?.close();
}

// A file of its own, so that opening a folder reads and compiles none of it.
declare const require: (file: string) => EngineBundle;
const loadBundle = (): EngineBundle => require('./extension-engine.cjs');

/** Cheap, because it is run on every Markdown file: the rest is loaded for those that cite code. */
const citation = /\[[^[\]\n]+:L?\d+(?:[-–]L?\d+)?\]|^<!-- ask-codebase-answer$/m;

/** Stays when the engine cannot be loaded. */
const notStarted =
  '<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"></head><body><p>Ask Codebase has not started. Reload the window; if that does not help, install the extension again.</p></body></html>';

/** VS Code does not show what a command or view rejects with in a way that helps. */
async function showTrouble(error: unknown): Promise<void> {
  const what = error instanceof Error ? error.message : String(error);
  const reload = 'Reload Window';
  const [line = ''] = what.split('\n');
  const chosen = await window.showErrorMessage(`Ask Codebase could not do that: ${line}`, ...(loaded ? [] : [reload]));
  if (chosen === reload) await commands.executeCommand('workbench.action.reloadWindow');
}
