import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { writeFacts } from '../../../src/citations/saved-answer.ts';
import type { ServerPorts } from '../../../src/language-server/ports.ts';
import { serveCitations } from '../../../src/language-server/server.ts';
import { memorySnapshot } from '../../support/workspace.ts';
import { type FuzzTarget, hold } from '../target.ts';

const snapshot = await memorySnapshot({ 'src/a.ts': 'const one = 1;\nconst two = 2;\n' });
const ports: ServerPorts = {
  code: async () => snapshot,
  uriOf: (path) => `file:///w/${path}`,
  hash: (text) => createHash('sha256').update(text).digest('hex'),
  ask: async () => {
    throw new Error('nobody is asked here');
  },
  close: async () => undefined,
};

const uri = 'file:///w/a.md';
const facts = writeFacts({
  ...{
    version: 1,
    question: 'q',
    date: '',
    models: { root: 'a', sub: 'b' },
    calls: 1,
    costUsd: 0,
    outcome: 'answered',
  },
  citations: [{ path: 'src/a.ts', startLine: 1, endLine: 1, sha256: 'x', lines: ['y'], words: [] }],
});
const message = (method: string, params: unknown, id?: number) =>
  JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, params });
const initialize = message(
  'initialize',
  { processId: null, rootUri: 'file:///w', capabilities: { window: { workDoneProgress: true } } },
  1,
);
const open = message('textDocument/didOpen', {
  textDocument: { uri, languageId: 'markdown', version: 1, text: `# A\n[src/a.ts:1] and [src/gone.ts:2]\n${facts}` },
});
const textDocument = { uri };
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
const begin = `${initialize}\n${open}\n`;

/** Each line of an input is a message, framed as the protocol wants it; one that begins with `raw:` is sent as it is. */
export const lsp: FuzzTarget = {
  name: 'lsp',
  seeds: [
    message('textDocument/documentLink', { textDocument }, 2),
    message('textDocument/hover', { textDocument, position: { line: 1, character: 3 } }, 2),
    message('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }, 2),
    message('textDocument/codeLens', { textDocument }, 2),
    message('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range, text: '[src/a.ts:2]' }],
    }),
    message('textDocument/didClose', { textDocument }),
    message('workspace/executeCommand', { command: 'ask-codebase.ask', arguments: ['What?'] }, 2),
    message('workspace/executeCommand', { command: 'ask-codebase.reanchorAll', arguments: [uri] }, 2),
    message('workspace/executeCommand', { command: 'ask-codebase.askAgain', arguments: [uri] }, 2),
    message('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] }),
    message('$/cancelRequest', { id: 2 }),
    'raw:Content-Length: 5\r\n\r\nhello',
  ].map((line) => `${begin}${line}`),
  words: [
    '"uri"',
    '"line":-1',
    '"character":1e9',
    '"version":',
    'null',
    '[]',
    '{}',
    '"params":',
    '"id":2',
    '"method":"',
    'textDocument/hover',
    'initialize',
    'shutdown',
    '\nraw:',
    'Content-Length: ',
    '[src/a.ts:1-2]',
    '\\n',
  ],
  async check(input) {
    const [toServer, fromServer] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(
      ProposedFeatures.all,
      new StreamMessageReader(toServer),
      new StreamMessageWriter(fromServer),
    );
    serveCitations(connection, () => ports);
    connection.listen();
    let said = '';
    fromServer.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    const lines = input.split('\n').map(withoutProcess);
    for (const line of lines) toServer.write(line.startsWith('raw:') ? line.slice(4) : framed(line));
    // An `exit` and what is not framed end the talk; all else is survived.
    const goesOn = lines.every((line) => !line.startsWith('raw:') && !line.includes('exit'));
    toServer.write(framed(message('shutdown', undefined, 987)));
    for (let turn = 0; turn < 400 && goesOn && !said.includes('"id":987'); turn++)
      await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    connection.dispose();
    hold(!goesOn || said.includes('"id":987'), 'the last request is answered, whatever came before');
  },
  allowedMs: { flat: 400, perChar: 0.05 },
};

const framed = (json: string): string => `Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`;

/** The library watches the process that it is told of, and ends with it. */
const withoutProcess = (line: string): string => line.replace(/"processId"\s*:\s*[^,}]*/g, '"processId":null');
