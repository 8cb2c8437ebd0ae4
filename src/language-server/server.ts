import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  ExecuteCommandRequest,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type AskResult, askWithProgress } from './ask-command.ts';
import { commandNames } from './command-names.ts';
import { codeActions, diagnostics, editOf, hover, lenses, links } from './features.ts';
import { checkDocument, type LiveDocument } from './live-document.ts';
import type { OpenPorts, ServerPorts } from './ports.ts';
import { ProgressMaker } from './progress.ts';

/** Changes come in bursts; each costs a look at the whole workspace. */
const settleMs = 250;

/** Serves one editor over a connection: live citations in Markdown, and questions. Call `listen` afterwards. */
export function serveCitations(connection: Connection, openPorts: OpenPorts): void {
  new CitationServer(connection, openPorts).register();
}

class CitationServer {
  readonly #connection: Connection;
  readonly #openPorts: OpenPorts;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #live = new Map<string, Promise<LiveDocument>>();
  readonly #closing = new AbortController();
  readonly #progress: ProgressMaker;
  #ports: ServerPorts | undefined;
  #settling: NodeJS.Timeout | undefined;
  #watches = false;
  #refreshes = false;

  constructor(connection: Connection, openPorts: OpenPorts) {
    this.#connection = connection;
    this.#openPorts = openPorts;
    this.#progress = new ProgressMaker(connection);
  }

  register(): void {
    const connection = this.#connection;
    connection.onInitialize(({ workspaceFolders, rootUri, capabilities }) => {
      const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
      this.#ports = this.#openPorts(folders);
      this.#watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
      this.#progress.start(capabilities.window?.workDoneProgress === true);
      this.#refreshes = capabilities.workspace?.codeLens?.refreshSupport === true;
      return this.#capabilities();
    });
    connection.onInitialized(() => {
      if (!this.#watches) return;
      const watchers = [{ globPattern: '**/*' }];
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error: unknown) => connection.console.warn(`Files are not watched: ${String(error)}`));
    });
    this.#registerFeatures();
    this.#registerCommands();
    connection.onDidChangeWatchedFiles(() => this.#codeChanged());
    connection.onShutdown(async () => {
      clearTimeout(this.#settling);
      this.#closing.abort();
      await this.#ports?.close();
    });
    this.#documents.onDidChangeContent(({ document }) => this.#check(document));
    this.#documents.onDidSave(() => this.#codeChanged());
    this.#documents.onDidClose(({ document }) => {
      this.#live.delete(document.uri);
      void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    });
    this.#documents.listen(connection);
  }

  #capabilities(): InitializeResult {
    const canAsk = this.#ports?.ask !== undefined;
    const commands = canAsk ? Object.values(commandNames) : [commandNames.reanchorAll];
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        documentLinkProvider: {},
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        codeLensProvider: {},
        executeCommandProvider: { commands, workDoneProgress: true },
      },
      serverInfo: { name: 'ask-codebase' },
    };
  }

  #registerFeatures(): void {
    const connection = this.#connection;
    connection.onDocumentLinks(({ textDocument }) => this.#with(textDocument.uri, links, []));
    connection.onHover(({ textDocument, position }) =>
      this.#with(textDocument.uri, (document, live) => hover(document, live, document.offsetAt(position)), null),
    );
    connection.onCodeAction(({ textDocument, range }) =>
      this.#with(textDocument.uri, (document, live, ports) => codeActions(document, live, range, ports), []),
    );
    connection.onCodeLens(({ textDocument }) =>
      this.#with(textDocument.uri, (document, live) => lenses(document, live, true), []),
    );
  }

  #registerCommands(): void {
    // The library's own handler hides whether the editor sent a token.
    this.#connection.onRequest(
      ExecuteCommandRequest.type,
      ({ command, arguments: args = [], workDoneToken }, token) => {
        const cancelled = new AbortController();
        token.onCancellationRequested(() => cancelled.abort());
        const signal = AbortSignal.any([cancelled.signal, this.#closing.signal]);
        const ask = async (question: string) => {
          const progress = await this.#progress.begin('Ask Codebase', question.slice(0, 120), workDoneToken);
          return askWithProgress(question, this.#needPorts(), progress, signal);
        };
        switch (command) {
          case commandNames.ask:
            return ask(questionOf(args[0]));
          case commandNames.askAgain:
            return this.#askAgain(String(args[0]), ask);
          case commandNames.reanchorAll:
            return this.#with(
              String(args[0]),
              (document, live, ports) => this.#apply(editOf(document, live, () => true, ports)),
              null,
            );
          default:
            throw new Error(`unknown command ${command}`);
        }
      },
    );
  }

  /** The file's own question anew; the file becomes the new answer. */
  #askAgain(uri: string, ask: (question: string) => Promise<AskResult>) {
    return this.#with(
      uri,
      async (document, { facts }) => {
        if (facts === undefined || facts.question === '') throw new Error('this file does not say what was asked');
        const result = await ask(facts.question);
        if (result.outcome !== 'answered') return result;
        const whole = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
        await this.#apply({ changes: { [uri]: [{ range: whole, newText: result.markdown }] } });
        return result;
      },
      null,
    );
  }

  async #apply(edit: Parameters<Connection['workspace']['applyEdit']>[0]): Promise<null> {
    await this.#connection.workspace.applyEdit(edit);
    return null;
  }

  /** @returns what the work gives for an open document, `none` for any other. */
  async #with<T>(
    uri: string,
    work: (document: TextDocument, live: LiveDocument, ports: ServerPorts) => T | Promise<T>,
    none: T,
  ): Promise<T> {
    const document = this.#documents.get(uri);
    if (document === undefined) return none;
    const live = await this.#liveOf(document);
    // What was checked is another text than the one the editor has by now.
    return live.version === document.version ? work(document, live, this.#needPorts()) : this.#with(uri, work, none);
  }

  #liveOf(document: TextDocument): Promise<LiveDocument> {
    const known = this.#live.get(document.uri);
    if (known !== undefined) return known;
    const ports = this.#needPorts();
    const checked = ports.code(this.#closing.signal).then((snapshot) => checkDocument(document, snapshot, ports));
    this.#live.set(document.uri, checked);
    // What cannot be read now may be readable at the next change.
    checked.catch(() => this.#live.delete(document.uri));
    return checked;
  }

  #check(document: TextDocument): void {
    this.#live.delete(document.uri);
    this.#liveOf(document)
      .then((live) => {
        if (live.version !== this.#documents.get(document.uri)?.version) return;
        return this.#connection.sendDiagnostics({ uri: document.uri, diagnostics: diagnostics(document, live) });
      })
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted)
          this.#connection.console.error(`Citations cannot be checked: ${String(error)}`);
      });
  }

  #codeChanged(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      for (const document of this.#documents.all()) this.#check(document);
      if (this.#refreshes) this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    }, settleMs);
  }

  #needPorts(): ServerPorts {
    if (this.#ports === undefined) throw new Error('the editor has not said which folders are open');
    return this.#ports;
  }
}

function questionOf(argument: unknown): string {
  const question =
    typeof argument === 'object' && argument !== null && 'question' in argument ? argument.question : argument;
  if (typeof question !== 'string' || question.trim() === '') throw new Error('ask-codebase.ask takes a question');
  return question.trim();
}
