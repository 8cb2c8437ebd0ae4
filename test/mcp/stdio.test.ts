import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf, until } from '../support/cli.ts';
import { type McpClient, startMcpClient } from '../support/mcp-client.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const files = {
  'src/store.ts': 'export class Store {\n  get(key: string) {\n    return this.map.get(key);\n  }\n}\n',
  'src/other.ts': 'export const other = 1;\n',
  'docs/README.md': '# Shop\n\nThe Store keeps what is for sale.\n',
  '.env': 'KEY=1\n',
};
const cell = (code: string) => `\`\`\`repl\n${code}\n\`\`\``;
const answer = 'answer["content"] = "It stores [src/store.ts:2-4], not [src/gone.ts:1]."\nanswer["ready"] = True';
const script = {
  quick: [cell('print(len(files))'), cell(answer), cell(answer)],
  names: [cell('FINAL("|".join(sorted(files)) + " " + str(budget()))')],
  slow: [{ text: 'never', hang: true }],
  broken: [{ status: 401 }],
} as const;

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
let models: ScriptedServer;
let mcp: McpClient;
const started: McpClient[] = [];

async function start(args: readonly string[], roots?: readonly string[], cwd?: string): Promise<McpClient> {
  const one = await startMcpClient({
    home: home.folder,
    args,
    ...(roots && { roots }),
    ...(cwd !== undefined && { cwd }),
  });
  started.push(one);
  return one;
}

const model = () => ['--model', 'openai:scripted', '--base-url', models.url];

beforeAll(async () => {
  [folder, home] = await Promise.all([folderOf(files), folderOf({})]);
  models = await startScriptedServer({ script });
  mcp = await start(['--dir', folder.folder, ...model(), '--header', 'x-test: 1', '--max-cost', '0.5']);
});
afterAll(async () => {
  await Promise.all(started.map(({ client }) => client.close()));
  await Promise.all([models.close(), folder.remove(), home.remove()]);
});

const call = async (args: Record<string, unknown>, { client } = mcp, options = {}): Promise<CallToolResult> =>
  (await client.callTool({ name: 'ask_codebase', arguments: args }, undefined, options)) as CallToolResult;

const textOf = ({ content }: CallToolResult): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');

describe('ask_codebase over MCP', () => {
  it('is the one tool, with schemas, and nothing that would spare a client the confirmation', async () => {
    const { tools } = await mcp.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['ask_codebase']);
    expect(tools[0]?.annotations).not.toHaveProperty('readOnlyHint');
    expect(tools[0]).toMatchObject({
      inputSchema: { required: ['question'], properties: { folder: {}, scope: {}, maxCostUsd: {} } },
      outputSchema: { properties: { answer: {}, citations: {}, evidence: {}, usage: {}, outcome: {} } },
      annotations: { destructiveHint: false },
    });
  });

  it('answers with checked citations, evidence and usage, and tells how far it is', async () => {
    const seen: (string | undefined)[] = [];
    const result = await call({ question: '[[script:quick]] What does it store?' }, mcp, {
      onprogress: ({ message }: { message?: string }) => seen.push(message),
    });
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toMatchObject({
      outcome: 'answered',
      answer: 'It stores [src/store.ts:2-4], not [src/gone.ts:1].',
      citations: [
        {
          path: 'src/store.ts',
          startLine: 2,
          endLine: 4,
          status: 'verified',
          quote: files['src/store.ts'].split('\n').slice(1, 4).join('\n'),
        },
        { path: 'src/gone.ts', status: 'unverified', quote: '' },
      ],
      evidence: { filesLoaded: 3, filesTotal: 4, leftOut: [{ path: '.env', reason: 'secret' }], leftOutCount: 1 },
      usage: { modelCalls: 3 },
      models: { root: 'openai:scripted' },
    });
    expect(textOf(result)).toContain('- [src/store.ts:2-4] verified');
    expect(textOf(result)).toContain('- [src/gone.ts:1] unverified');
    expect(seen).toEqual(expect.arrayContaining(['1 agent, 1 model call']));
  });

  it('can be limited to a part, by scope and by folder', async () => {
    const asked = { question: '[[script:names]] Which?' };
    const some = await call({ ...asked, scope: ['src/store.ts', 'docs'] });
    expect(textOf(some)).toMatch(/^docs\/README\.md\|src\/store\.ts /);
    expect(textOf(some)).toContain('limited to src/store.ts, docs (1 other file not asked)');
    const part = await call({ ...asked, folder: join(folder.folder, 'src') });
    expect(textOf(part)).toMatch(/^other\.ts\|store\.ts /);
    expect(textOf(await call({ ...asked, folder: 'docs' }))).toMatch(/^README\.md /);
  });

  it('lets an agent lower a limit, not raise it', async () => {
    const starts = async () => {
      const logs = join(home.folder, '.local/state/ask-codebase/runs');
      const names = (await readdir(logs)).filter((name) => name.endsWith('.jsonl'));
      const texts = await Promise.all(names.map((name) => readFile(join(logs, name), 'utf8')));
      return texts.map((text) => JSON.parse(text.split('\n')[0] ?? '').limits.maxCostUsd as number);
    };
    for (const maxCostUsd of [0.1, 100]) await call({ question: '[[script:names]] ?', maxCostUsd });
    expect((await starts()).filter((usd) => usd > 0.5)).toEqual([]);
    expect(await starts()).toContain(0.1);
  });

  it('serves no folder that was not opened, not even through a link', async () => {
    await symlink(home.folder, join(folder.folder, 'way-out'));
    for (const asked of [home.folder, '..', 'way-out', '/']) {
      const result = await call({ question: '[[script:quick]] ?', folder: asked });
      expect([asked, result.isError, textOf(result)]).toEqual([
        ...[asked, true, expect.stringContaining('outside of the folders that are served')],
      ]);
    }
    const missing = await call({ question: '[[script:quick]] ?', folder: 'nowhere' });
    expect([missing.isError, textOf(missing)]).toEqual([true, expect.stringContaining("no folder 'nowhere'")]);
  });

  it('says what is wrong as the tool’s error', async () => {
    const wrong = [
      [{}, 'question'],
      [{ question: '  ' }, 'question'],
      [{ question: 'Why?', maxCostUsd: -1 }, 'maxCostUsd'],
      [{ question: 'Why?', scope: ['nowhere'] }, "limited to 'nowhere'"],
      [{ question: '[[script:broken]] Why?' }, '401'],
    ] as const;
    for (const [args, what] of wrong) {
      const result = await call(args);
      expect([args, result.isError, textOf(result)]).toEqual([args, true, expect.stringContaining(what)]);
    }
  });

  it('stops within two seconds when it is cancelled, and goes on serving', async () => {
    const stop = new AbortController();
    const [before, aborted] = [models.requests.length, models.stats.aborted];
    const asked = call({ question: '[[script:slow]] Never?' }, mcp, { signal: stop.signal });
    const refused = expect(asked).rejects.toThrow();
    await until(() => models.requests.length > before);
    const at = performance.now();
    stop.abort('enough');
    await refused;
    await until(() => models.stats.aborted > aborted);
    expect(performance.now() - at).toBeLessThan(2000);
    const next = await call({ question: '[[script:names]] And now?' });
    expect(next.structuredContent).toMatchObject({ outcome: 'answered' });
  });

  it('serves what the client has open, and the current folder of one that does not say', async () => {
    const asked = { question: '[[script:names]] Which?' };
    const open = await start(model(), [join(folder.folder, 'docs')]);
    expect(textOf(await call(asked, open))).toMatch(/^README\.md /);
    const silent = await start(model(), undefined, join(folder.folder, 'src'));
    expect(textOf(await call(asked, silent))).toMatch(/^other\.ts\|store\.ts /);
  });

  it('answers without any model, by search', async () => {
    const offline = await start(['--dir', folder.folder, '--model', 'offline']);
    const { structuredContent } = await call({ question: 'Where does the Store get a key?' }, offline);
    expect(structuredContent).toMatchObject({
      outcome: 'answered',
      citations: expect.arrayContaining([expect.objectContaining({ path: 'src/store.ts', status: 'verified' })]),
    });
  });

  it('writes nothing but the protocol to stdout, and ends when the client goes', async () => {
    for (const { problems } of started) expect(problems).toEqual([]);
    const { client, pid } = await start(['--dir', folder.folder, ...model()]);
    await call({ question: '[[script:names]] Which?' }, { ...mcp, client });
    await client.close();
    await until(() => !isAlive(pid));
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
