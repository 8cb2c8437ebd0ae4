import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Disposable, type ExtensionContext, workspace } from 'vscode';
import { systemClock } from '../../src/util/node/system-clock.ts';
import { spoolsIn } from '../../src/workspace/node/corpus-spool.ts';
import { Chat } from '../core/chat.ts';
import { ViewHub } from '../core/view-hub.ts';
import type { Host } from '../engine-main.ts';
import { ConversationStore } from '../node/conversation-store.ts';
import { EngineHost } from '../node/engine-host.ts';
import { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { Asking } from './asking.ts';
import { BadgeKeeper } from './badge-keeper.ts';
import { CitationEditor } from './citation-editor.ts';
import { conversationState } from './conversation-state.ts';
import { ReadOnlyDocuments } from './documents.ts';
import { openDoors } from './doors/doors.ts';
import { editorWorkspace } from './editor-workspace.ts';
import { FileChanges } from './file-changes.ts';
import { hostCommands } from './host-commands.ts';
import { Keys } from './keys.ts';
import { EditorLanguageServers } from './language-servers.ts';
import { MarkdownCitations } from './markdown-citations.ts';
import { Mentions } from './mentions.ts';
import { ModelFinder } from './model-finder.ts';
import { ModelMaker } from './model-maker.ts';
import { ModelMenu } from './model-menu.ts';
import { Notices, openFolderDialog } from './notices.ts';
import { Output } from './output.ts';
import { requestHandlers } from './request-handlers.ts';
import { RunPanel } from './run-panel.ts';
import { RunSharing } from './run-sharing.ts';
import { currentSettings } from './settings-access.ts';
import { Sidebar } from './sidebar.ts';
import { RunStatusBar } from './status-bar.ts';
import type { WebviewLink } from './webview-link.ts';

/** The one place that wires the extension. Reads nothing and starts nothing by itself. */
export function composeHost(context: ExtensionContext): Host {
  const disposables: Disposable[] = [];
  const talk: Talk = composeTalk(context, () => changed(), disposables);
  const engine = composeEngine(context, disposables);
  const conversation = composeConversation(context, talk, engine, disposables);
  const { chat, hub } = conversation;
  const { commands, sidebar, panel } = composeViews(context, { ...talk, ...engine, ...conversation }, disposables);
  const askAgain = async (question: string) => {
    const runId = await conversation.asking.ask(question, []);
    await panel.show(runId, undefined);
    await sidebar.reveal();
  };
  const onError = (error: unknown) => talk.notices.error(error);
  const citations = new MarkdownCitations(engine.snapshots, disposables, askAgain, onError);
  const changed = () => hub.conversationChanged();
  disposables.push(workspace.onDidChangeWorkspaceFolders(changed), workspace.onDidGrantWorkspaceTrust(changed), {
    dispose: () => hub.dispose(),
  });
  context.subscriptions.push({ dispose: () => disposeAll(disposables) });
  return {
    command: async (name, given) => {
      try {
        await commands[name](given);
      } catch (error) {
        talk.notices.error(error);
      }
    },
    showSidebar: (view) => sidebar.resolve(view),
    liveCitations: () => citations.start(),
    restorePanel: (restored, state) => panel.restore(restored, state),
    doors: conversation.doors,
    close: async () => {
      // One that fails does not keep the others from ending.
      await Promise.allSettled([citations.stop(), conversation.doors.mcp.close(), closeAll(chat, engine.engines)]);
    },
  };
}

/** What tells people something. */
function composeTalk(context: ExtensionContext, onModels: () => void, disposables: Disposable[]) {
  const keys = new Keys(context.secrets, process.env);
  const finder = new ModelFinder(keys, process.env, onModels, disposables);
  const menu = new ModelMenu(keys, finder, process.env);
  const maker = new ModelMaker(keys, process.env);
  const output = new Output(() => keys.seen);
  const showOutput = () => output.channel.show(true);
  const notices = new Notices(output, {
    'set-key': () => menu.setKey(),
    'choose-model': () => menu.choose(),
    'show-output': showOutput,
    'open-folder': openFolderDialog,
  });
  disposables.push(output.channel);
  return { keys, finder, menu, maker, output, showOutput, notices };
}

function composeEngine(context: ExtensionContext, disposables: Disposable[]) {
  const changes = new FileChanges(disposables);
  const cacheDir = join(context.globalStorageUri.fsPath, 'cache');
  const snapshots = new WorkspaceSnapshots({
    ...editorWorkspace(changes.on),
    openSpool: spoolsIn(join(cacheDir, 'corpora')),
  });
  const engines = new EngineHost({
    assetsDir: join(context.extensionPath, 'dist'),
    cacheDir,
    version: versionOf(context),
    loadSnapshot: (signal) => snapshots.get(signal),
    servers: new EditorLanguageServers((id) => snapshots.rootsOf(id)),
    isTrusted: () => workspace.isTrusted,
    sandbox: currentSettings().sandbox,
  });
  return { changes, snapshots, engines };
}

const versionOf = ({ extension }: ExtensionContext): string => String(extension.packageJSON.version);

type Talk = ReturnType<typeof composeTalk>;
type EngineParts = ReturnType<typeof composeEngine>;

/** The conversation and what keeps its views up to date. */
function composeConversation(context: ExtensionContext, talk: Talk, engine: EngineParts, disposables: Disposable[]) {
  const { keys, output, notices, finder, maker } = talk;
  const statusBar = new RunStatusBar(disposables);
  const folder = context.storageUri ?? context.globalStorageUri;
  const chat: Chat = new Chat({
    store: new ConversationStore(
      folder.fsPath,
      (text) => notices.warn(text),
      () => keys.seen,
    ),
    now: systemClock.now,
    newId: randomUUID,
    limits: () => currentSettings().history,
    onLeft: (id) => engine.engines.forget(id),
    onConversation: () => hub.conversationChanged(),
    onShown: () => void badges.refresh().catch((error: unknown) => output.error(error)),
    onEvent: (run, event) => {
      output.event(run.runId, event);
      hub.runsChanged();
      if (event.type === 'run-end') badges.refresh().catch((error: unknown) => output.error(error));
      if (chat.runningIds.length === 0) statusBar.hide();
      else statusBar.show(run, systemClock.now());
    },
  });
  const source = {
    conversation: () => conversationState(chat, finder.shown),
    runs: () => chat.runs,
    badges: (runId: string) => badges.board.of(runId),
  };
  const hub: ViewHub = new ViewHub(source, systemClock);
  const badges: BadgeKeeper = new BadgeKeeper(chat, engine.changes, () => hub.runsChanged(), disposables);
  const { engines, snapshots } = engine;
  const mentions = new Mentions(snapshots, engines);
  const ports = { chat, engines, snapshots, finder, maker, notices, mentions, memory: context.globalState };
  const asking = new Asking(ports);
  return { chat, hub, badges, asking, mentions, doors: openDoors({ ...ports, asking, version: versionOf(context) }) };
}

type Parts = Talk & EngineParts & ReturnType<typeof composeConversation>;

function composeViews(context: ExtensionContext, parts: Parts, disposables: Disposable[]) {
  const { chat, hub, badges, output, engines, menu } = parts;
  const documents = new ReadOnlyDocuments(disposables);
  const sharing = new RunSharing({
    ...parts,
    bundleDir: join(context.extensionPath, 'dist'),
    secrets: () => parts.keys.seen,
    compare: (runIds) => panel.compare(runIds),
  });
  const link: WebviewLink = {
    hub,
    handlers: requestHandlers({
      ...parts,
      ...{ documents, sharing, editor: new CitationEditor(disposables) },
      openPanel: (runId, agentId) => panel.show(runId, agentId),
      chooseModel: () => menu.choose(),
      setKey: () => menu.setKey(),
      showLoaded: async () => commands.showLoaded([]),
    }),
    opened: async () => {
      await chat.open();
      await badges.refresh();
    },
    extensionUri: context.extensionUri,
    onError: (error) => output.error(error),
  };
  const panel = new RunPanel(link, chat);
  const sidebar = new Sidebar(link);
  const commands = hostCommands({ ...parts, documents, panel, sidebar, sharing, warmUp: () => engines.warmUp() });
  return { commands, sidebar, panel };
}

/** VS Code gives `deactivate` a few seconds; runs get most of them to write what they had found. */
const runsMs = 1500;
const interpretersMs = 400;

async function closeAll(chat: Chat, engines: EngineHost): Promise<void> {
  await Promise.race([chat.close(), pause(runsMs)]);
  await Promise.race([engines.close(), pause(interpretersMs)]);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function disposeAll(disposables: Disposable[]): void {
  for (const one of disposables.splice(0)) one.dispose();
}
