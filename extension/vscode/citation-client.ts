import { PassThrough } from 'node:stream';
import {
  DidChangeWatchedFilesNotification,
  LanguageClient,
  type Message,
  type MessageTransports,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageclient/node';
import { createConnection } from 'vscode-languageserver/node';
import type { ServerPorts } from '../../src/language-server/ports.ts';
import { serveCitations } from '../../src/language-server/server.ts';

export interface CitationClient {
  /** Something other than a Markdown file changed. */
  codeChanged(): void;
  stop(): Promise<void>;
}

/**
 * The language server and its client, both in this process, so that the server sees the same picture of the workspace as the
 * questions do, unsaved editors included. A bundle of its own: both together are as large as all the rest.
 */
export async function startCitationClient(ports: ServerPorts): Promise<CitationClient> {
  const client = new LanguageClient('askCodebase.citations', 'Ask Codebase citations', async () => connect(ports), {
    documentSelector: ['file', 'untitled', 'vscode-remote'].map((scheme) => ({ scheme, language: 'markdown' })),
  });
  await client.start();
  return {
    codeChanged: () => {
      if (client.isRunning()) void client.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [] });
    },
    stop: async () => {
      if (client.needsStop()) await client.stop();
    },
  };
}

function connect(ports: ServerPorts): MessageTransports {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  serveCitations(connection, () => ports);
  connection.listen();
  return { reader: new StreamMessageReader(toClient), writer: new StayingWriter(toServer) };
}

/** The library's server ends its process when it is told to exit; here that is VS Code's extension host. */
class StayingWriter extends StreamMessageWriter {
  override async write(message: Message): Promise<void> {
    if ('method' in message && message.method === 'exit') return;
    await super.write(message);
  }
}
