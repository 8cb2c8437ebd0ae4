import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodePosition, LanguageServers } from '../../src/symbols/language-servers.ts';
import type { SymbolReply, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { withServers } from '../../src/symbols/with-servers.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { testSymbols } from '../support/symbols.ts';
import { memorySnapshot, neverAborted } from '../support/workspace.ts';

const files = {
  'a.ts': 'export function save() {}\nsave();\n',
  'b.ts': "import { save as keep } from './a.ts';\nkeep();\nother.save();\n",
};

let parsers: SymbolSource;
let snapshot: Snapshot;
beforeAll(async () => {
  [parsers, snapshot] = await Promise.all([testSymbols(), memorySnapshot(files)]);
});
afterAll(() => parsers.close());

/** Servers that know what is given, and are ready for nothing else. */
const servers = (known: Partial<LanguageServers>): LanguageServers => ({
  outline: async () => undefined,
  references: async () => undefined,
  calls: async () => undefined,
  ...known,
});

const ask = (
  known: Partial<LanguageServers>,
  name = 'save',
  what: 'references' | 'callers' = 'references',
): Promise<SymbolReply> =>
  withServers(parsers, servers(known)).ask({ ask: what, name, limit: 99 }, { snapshot, texts: {} }, neverAborted());

const rows = ({ items }: SymbolReply) =>
  items.map((item) => ('line' in item && 'by' in item ? `${item.path}:${item.line} ${item.by}` : ''));

describe('language servers beside the parsers', () => {
  it('leave the parsers’ answer alone where none is ready', async () => {
    expect(rows(await ask({}))).toEqual(['a.ts:1 parser', 'a.ts:2 parser', 'b.ts:1 parser', 'b.ts:3 parser']);
  });

  it('tell the same thing from the same name, and add what has another one', async () => {
    const reply = await ask({
      references: async ({ path, line, column }) => {
        expect({ path, line, column }).toEqual({ path: 'a.ts', line: 1, column: 17 });
        return [
          { path: 'a.ts', line: 1, column: 17 },
          { path: 'a.ts', line: 2, column: 1 },
          { path: 'b.ts', line: 1, column: 10 },
          { path: 'b.ts', line: 2, column: 1 },
        ];
      },
    });
    expect(rows(reply)).toEqual(['a.ts:1 server', 'a.ts:2 server', 'b.ts:1 server', 'b.ts:3 parser', 'b.ts:2 server']);
    expect(reply.total).toBe(5);
    expect(reply.notes[0]).toBe('language servers: 4 of these mean what is defined at a.ts:1');
  });

  it('are asked for the calls of what is defined', async () => {
    const reply = await ask({ calls: async () => [{ path: 'b.ts', line: 2, column: 1 }] }, 'save', 'callers');
    expect(rows(reply)).toEqual(['a.ts:2 parser', 'b.ts:3 parser', 'b.ts:2 server']);
  });

  it('are not asked about a definition in what only ends in the same letters', async () => {
    const code = 'class MyStore { save() {} }\nclass Store { save() {} }\n';
    const scope = { snapshot: await memorySnapshot({ 'a.ts': code }), texts: {} };
    const references = async ({ path, line, column }: CodePosition) => [{ path, line, column }];
    const query = { ask: 'references', name: 'Store.save', limit: 99 } as const;
    const reply = await withServers(parsers, servers({ references })).ask(query, scope, neverAborted());
    expect(rows(reply)).toEqual(['a.ts:1 parser', 'a.ts:2 server']);
  });

  it('give the outline, except of a text that is not the file’s', async () => {
    const outline = async (path: string) => [
      {
        path,
        name: 'fromServer',
        kind: 'function',
        start: 1,
        end: 1,
        container: '',
        signature: '',
        by: 'server',
      } as const,
    ];
    const source = withServers(parsers, servers({ outline }));
    const names = async (query: { readonly path: string; readonly text?: string }) =>
      (await source.ask({ ask: 'outline', ...query }, { snapshot, texts: {} }, neverAborted())).items.map(
        (item) => 'name' in item && item.name,
      );
    expect(await names({ path: 'a.ts' })).toEqual(['fromServer']);
    expect(await names({ path: 'a.ts', text: 'function own() {}' })).toEqual(['own']);
  });
});
