import { PassThrough } from 'node:stream';
import { commands, type Disposable, Uri, workspace } from 'vscode';
import {
  DidChangeWatchedFilesNotification,
  LanguageClient,
  type Message,
  type MessageTransports,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageclient/node';
import { createConnection } from 'vscode-languageserver/node';
import { findFacts } from '../../src/citations/read-saved.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { commandNames } from '../../src/language-server/features.ts';
import type { ServerPorts } from '../../src/language-server/ports.ts';
import { serveCitations } from '../../src/language-server/server.ts';
import { HelpfulError } from '../core/failure-help.ts';
import { placeOf } from '../core/places.ts';
import type { WorkspaceSnapshots } from '../node/workspace-snapshots.ts';
import { uriOfPlace } from './editor-workspace.ts';

/**
 * Live citations in Markdown files: the language server and its client, both in this process, so that the server sees the
 * same picture of the workspace as the questions do, unsaved editors included.
 */
export class MarkdownCitations {
  readonly #snapshots: WorkspaceSnapshots;
  #client: LanguageClient | undefined;

  /** @param ask asks a question as if the person had typed it. */
  constructor(snapshots: WorkspaceSnapshots, disposables: Disposable[], ask: (question: string) => Promise<void>) {
    this.#snapshots = snapshots;
    disposables.push(
      commands.registerCommand(commandNames.askAgain, (uri: unknown) => askAgain(uri, ask)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (document.languageId !== 'markdown' && document.uri.scheme === 'file') this.#codeChanged();
      }),
    );
  }

  async start(): Promise<void> {
    if (this.#client !== undefined) return;
    this.#client = new LanguageClient('askCodebase.citations', 'Ask Codebase citations', async () => this.#connect(), {
      documentSelector: ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme, language: 'markdown' })),
    });
    await this.#client.start();
  }

  async stop(): Promise<void> {
    if (this.#client?.needsStop()) await this.#client.stop();
  }

  #codeChanged(): void {
    if (this.#client?.isRunning())
      void this.#client.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [] });
  }

  #connect(): MessageTransports {
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    serveCitations(connection, () => this.#ports());
    connection.listen();
    return { reader: new StreamMessageReader(toClient), writer: new StayingWriter(toServer) };
  }

  #ports(): ServerPorts {
    return {
      code: (signal) => this.#snapshots.get(signal),
      uriOf: (path, { id }) => {
        const place = placeOf(this.#snapshots.rootsOf(id), path);
        return place && uriOfPlace(place).toString();
      },
      hash: sha256,
      close: async () => undefined,
    };
  }
}

/** The library's server ends its process when it is told to exit; here that is VS Code's extension host. */
class StayingWriter extends StreamMessageWriter {
  override async write(message: Message): Promise<void> {
    if ('method' in message && message.method === 'exit') return;
    await super.write(message);
  }
}

async function askAgain(uri: unknown, ask: (question: string) => Promise<void>): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(String(uri)));
  const question = findFacts(document.getText())?.facts?.question ?? '';
  if (question === '') throw new HelpfulError('This file does not say what was asked.', []);
  await ask(question);
}
