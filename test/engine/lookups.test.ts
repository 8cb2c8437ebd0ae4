import { expect, test } from 'vitest';
import type { GitHistory, GitScope } from '../../src/git/git-history.ts';
import type { HostCall } from '../../src/repl/host-call.ts';
import type { SymbolScope, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { askInMemory } from '../support/ask.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';

const nothing = { filesSearched: 0, filesWithName: 0, filesParsed: 0, asText: [], syntaxErrors: [], complete: true };
const lookups: readonly HostCall[] = [
  { op: 'symbols', query: { ask: 'symbols', name: 'one', limit: 9 } },
  { op: 'git', query: { ask: 'changed_since', ref: 'HEAD' } },
];

/** The root looks up, hands two of its files on, and its child looks up. */
async function run(ports: { readonly symbols?: SymbolSource; readonly git?: GitHistory }) {
  const said: string[] = [];
  const repls = scriptedRepls(async (code, { onCall }, signal) => {
    if (code !== 'look') return {};
    for (const call of lookups) await onCall(call, signal).catch((error: Error) => said.push(error.message));
    const texts = { 'made.ts': 'one()' };
    const child = { task: 'look too', paths: ['src/b.ts'], texts };
    await onCall({ op: 'rlm_query', child }, signal).catch(() => undefined);
    return {};
  });
  const root = scriptedModel((messages) => {
    const turn = messages.filter((message) => message.role === 'assistant').length;
    return turn === 0 ? cell('look') : cell('answer: One [src/a.ts:1].');
  });
  const files = { 'src/a.ts': 'one\n', 'src/b.ts': 'two\n' };
  const { end } = await askInMemory({ root, repls, files, limits: { maxDepth: 1 }, ...ports });
  return { end, said };
}

test('an agent looks up in its own files and no others', async () => {
  const scopes: SymbolScope[] = [];
  const histories: GitScope[] = [];
  let closed = 0;
  const symbols: SymbolSource = {
    ask: async (_query, scope) => {
      scopes.push(scope);
      return { items: [], total: 0, evidence: nothing, notes: [] };
    },
    close: async () => {
      closed += 1;
    },
  };
  const git: GitHistory = {
    ask: async (_query, scope) => {
      histories.push(scope);
      return { items: [], notes: [] };
    },
  };
  const { end } = await run({ symbols, git });
  expect(end.outcome).toBe('answered');
  const pathsOf = ({ snapshot }: Pick<SymbolScope, 'snapshot'>) => snapshot.files.map(({ path }) => path);
  expect(scopes.map((scope) => [pathsOf(scope), Object.keys(scope.texts)])).toEqual([
    [['src/a.ts', 'src/b.ts'], []],
    [['src/b.ts'], ['made.ts']],
  ]);
  expect(histories.map((scope) => [pathsOf(scope), scope.whole])).toEqual([
    [['src/a.ts', 'src/b.ts'], true],
    [['src/b.ts'], false],
  ]);
  expect(closed).toBe(1);
});

test('without the ports, a lookup is refused with a way out', async () => {
  const { end, said } = await run({});
  expect(end.outcome).toBe('answered');
  expect(said.slice(0, 2)).toEqual([
    'there are no parsers here; use grep() and read()',
    'git history is not available here',
  ]);
});
