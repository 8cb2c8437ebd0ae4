import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** What an editor would do, by hand: `ask-codebase serve --lsp` over stdio, on one folder. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly server: InitializeResult;
  readonly child: ChildProcess;
  /** URI of a path in the folder. */
  uri(path: string): string;
  open(path: string, text: string): Promise<void>;
  /** The next diagnostics for a file after something was done; asked for before it is done. */
  nextDiagnostics(path: string): Promise<readonly Diagnostic[]>;
  /** Ends as the protocol says. @returns the exit code. */
  shutdown(): Promise<number | null>;
}

export async function startLspClient(folder: string, home: string, args: readonly string[] = []): Promise<LspClient> {
  const child = spawn(process.execPath, ['dist/cli.js', 'serve', '--lsp', ...args], {
    env: { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join('.cache', 'test-home') },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  connection.onRequest('client/registerCapability', () => null);
  const root = pathToFileURL(folder).href;
  const server: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'folder' }],
    capabilities: {
      window: { workDoneProgress: true },
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
    },
  });
  await connection.sendNotification('initialized', {});
  const uri = (path: string) => `${root}/${path}`;
  return {
    ...{ connection, server, child, uri },
    open: (path, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(path), languageId: 'markdown', version: 1, text },
      }),
    nextDiagnostics: (path) =>
      new Promise((resolve) => {
        const listening = connection.onNotification(
          'textDocument/publishDiagnostics',
          (params: { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }) => {
            if (params.uri !== uri(path)) return;
            listening.dispose();
            resolve(params.diagnostics);
          },
        );
      }),
    async shutdown() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return exited;
    },
  };
}
