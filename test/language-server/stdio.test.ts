import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  type CodeAction,
  type CodeLens,
  type DocumentLink,
  type Hover,
  type TextEdit,
} from 'vscode-languageserver/node';
import { anchorOf } from '../../src/citations/anchor.ts';
import { writeFacts } from '../../src/citations/saved-answer.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { folderOf, until } from '../support/cli.ts';
import { type LspClient, startLspClient } from '../support/lsp-client.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const store =
  'export class Store {\n  get(key: string) {\n    return this.map.get(key);\n  }\n\n  clear() {\n    this.map.clear();\n  }\n}\n';
const lines = store.split('\n');
const citations = [
  anchorOf({ path: 'src/store.ts', startLine: 2, endLine: 4 }, lines.slice(1, 4), sha256),
  anchorOf({ path: 'src/store.ts', startLine: 6, endLine: 8 }, lines.slice(5, 8), sha256),
  anchorOf({ path: 'src/gone.ts', startLine: 1, endLine: 1 }, ['export const vanished = true;'], sha256),
];
const record = {
  version: 1,
  question: 'What does it do?',
  date: '',
  models: { root: 'offline', sub: 'offline' },
  calls: 1,
} as const;
const answer = `# What does it do?\n\nGets [src/store.ts:2-4] and clears [src/store.ts:6-8]; was [src/gone.ts:1]. See [note:1].\n\n${writeFacts({ ...record, costUsd: 0, outcome: 'answered', citations })}`;

const cell = (code: string) => `\`\`\`repl\n${code}\n\`\`\``;
const script = {
  quick: [
    cell('print(len(files))'),
    cell('answer["content"] = "It stores [src/store.ts:2-4]."\nanswer["ready"] = True'),
  ],
  slow: [{ text: 'never', hang: true }],
} as const;

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
let models: ScriptedServer;
let client: LspClient;

beforeAll(async () => {
  [folder, home] = await Promise.all([
    folderOf({ 'src/store.ts': store, 'answer.md': answer, '.env': 'KEY=1\n' }),
    folderOf({}),
  ]);
  models = await startScriptedServer({ script });
  client = await startLspClient(folder.folder, home.folder, ['--model', 'openai:scripted', '--base-url', models.url]);
});
afterAll(async () => {
  await client.shutdown();
  await Promise.all([models.close(), folder.remove(), home.remove()]);
});

const textDocument = () => ({ uri: client.uri('answer.md') });

describe('citations in Markdown, over stdio', () => {
  it('says what it can do', () => {
    expect(client.server.capabilities).toMatchObject({
      documentLinkProvider: {},
      hoverProvider: true,
      codeLensProvider: {},
      executeCommandProvider: { commands: expect.arrayContaining(['ask-codebase.ask']), workDoneProgress: true },
    });
  });

  it('marks what is stale, and only citations', async () => {
    const shown = client.nextDiagnostics('answer.md');
    await client.open('answer.md', answer);
    expect((await shown).map(({ code, severity, range }) => [code, severity, range.start])).toEqual([
      ['deleted', 2, { line: 2, character: answer.split('\n')[2]?.indexOf('src/gone.ts') }],
    ]);
  });

  it('links to the lines and shows them on hover', async () => {
    const links: DocumentLink[] = await client.connection.sendRequest('textDocument/documentLink', {
      textDocument: textDocument(),
    });
    expect(links.map(({ target }) => target)).toEqual([
      `${client.uri('src/store.ts')}#L2-L4`,
      `${client.uri('src/store.ts')}#L6-L8`,
    ]);
    const shown: Hover = await client.connection.sendRequest('textDocument/hover', {
      ...{ textDocument: textDocument(), position: links[0]?.range.start },
    });
    expect(shown.contents).toEqual({
      kind: 'markdown',
      value:
        `**src/store.ts:2\\-4** — as it was cited\n\n\`\`\`typescript\n${lines.slice(1, 4).join('\n')}\n\`\`\``.replace(
          '\\-',
          '-',
        ),
    });
  });

  it('shows nothing of what was left out, however it is cited', async () => {
    const shown = client.nextDiagnostics('evil.md');
    await client.open('evil.md', '[.env:1] [../../etc/passwd:1] [/etc/passwd:1]\n');
    await shown;
    const uri = { uri: client.uri('evil.md') };
    expect(await client.connection.sendRequest('textDocument/documentLink', { textDocument: uri })).toEqual([]);
    for (const character of [2, 10, 35])
      expect(
        await client.connection.sendRequest('textDocument/hover', {
          textDocument: uri,
          position: { line: 0, character },
        }),
      ).toBeNull();
  });

  it('notices that code moved, and re-anchors one or all', async () => {
    const shown = client.nextDiagnostics('answer.md');
    await rename(join(folder.folder, 'src/store.ts'), join(folder.folder, 'src/shop.ts'));
    await writeFile(join(folder.folder, 'src/shop.ts'), `// moved\n${store}`);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [] });
    const diagnostics = await shown;
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['renamed', 'The cited code is not as it was: its file was renamed: now src/shop.ts:3-5.'],
      ['renamed', 'The cited code is not as it was: its file was renamed: now src/shop.ts:7-9.'],
      ['deleted', 'The cited code is not as it was: deleted: src/gone.ts is gone.'],
    ]);
    const actions: CodeAction[] = await client.connection.sendRequest('textDocument/codeAction', {
      ...{ textDocument: textDocument(), range: diagnostics[0]?.range, context: { diagnostics: [] } },
    });
    expect(actions.map(({ title }) => title)).toEqual(['Re-anchor to src/shop.ts:3-5', 'Re-anchor all 2 citations']);
    const edits: readonly TextEdit[] = actions[1]?.edit?.changes?.[client.uri('answer.md')] ?? [];
    expect(edits.map(({ newText }) => newText.split('\n')[0])).toEqual([
      'src/shop.ts:3-5',
      'src/shop.ts:7-9',
      '<!-- ask-codebase-answer',
    ]);
    const lenses: CodeLens[] = await client.connection.sendRequest('textDocument/codeLens', {
      textDocument: textDocument(),
    });
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      '3 of 3 citations changed · ask again',
      're-anchor 2',
    ]);
  });

  it('re-anchors all by command', async () => {
    const applied = new Promise<readonly TextEdit[]>((resolve) => {
      client.connection.onRequest(
        'workspace/applyEdit',
        (params: { edit: { changes: Record<string, TextEdit[]> } }) => {
          resolve(params.edit.changes[client.uri('answer.md')] ?? []);
          return { applied: true };
        },
      );
    });
    await client.connection.sendRequest('workspace/executeCommand', {
      ...{ command: 'ask-codebase.reanchorAll', arguments: [client.uri('answer.md')] },
    });
    expect(await applied).toHaveLength(3);
  });
});

describe('asking, over stdio', () => {
  const progressOf = (token: string) => {
    const seen: { kind: string; message?: string; title?: string }[] = [];
    client.connection.onNotification('$/progress', (params: { token: string; value: (typeof seen)[number] }) => {
      if (params.token === token) seen.push(params.value);
    });
    return seen;
  };

  it('answers with progress', async () => {
    const seen = progressOf('p1');
    const result = await client.connection.sendRequest('workspace/executeCommand', {
      command: 'ask-codebase.ask',
      arguments: [{ question: '[[script:quick]] What does it store?' }],
      workDoneToken: 'p1',
    });
    expect(result).toMatchObject({
      outcome: 'answered',
      markdown: expect.stringContaining('<!-- ask-codebase-answer'),
    });
    expect(seen[0]).toMatchObject({ kind: 'begin', title: 'Ask Codebase' });
    expect(seen.at(-1)).toMatchObject({ kind: 'end' });
    expect(seen.some(({ kind, message }) => kind === 'report' && message === '1 agent, 1 model call')).toBe(true);
  });

  it('makes progress of its own for an editor that sends no token, and is cancelled there', async () => {
    const created = new Promise<string>((resolve) => {
      client.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
        resolve(token);
        return null;
      });
    });
    const before = models.requests.length;
    const asked = client.connection.sendRequest<{ readonly outcome: string }>('workspace/executeCommand', {
      ...{ command: 'ask-codebase.ask', arguments: ['[[script:slow]] Never?'] },
    });
    const token = await created;
    await until(() => models.requests.length > before);
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token });
    expect(await asked).toMatchObject({ outcome: 'cancelled' });
  });

  it('stops when the request is cancelled', async () => {
    const seen = progressOf('p2');
    const stop = new CancellationTokenSource();
    const before = models.requests.length;
    const asked = client.connection.sendRequest<{ readonly outcome: string }>(
      'workspace/executeCommand',
      { command: 'ask-codebase.ask', arguments: ['[[script:slow]] Never?'], workDoneToken: 'p2' },
      stop.token,
    );
    await until(() => models.requests.length > before);
    stop.cancel();
    expect(await asked).toMatchObject({ outcome: 'cancelled' });
    await until(() => models.stats.aborted > 0);
    expect(seen.at(-1)).toMatchObject({ kind: 'end' });
  });

  it('explains a command without a question', async () => {
    const asked = client.connection.sendRequest('workspace/executeCommand', {
      command: 'ask-codebase.ask',
      arguments: [],
    });
    await expect(asked).rejects.toThrow('ask-codebase.ask takes a question');
  });
});
