import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SymbolSource } from '../../src/symbols/symbol-source.ts';
import { selectFiles } from '../../src/workspace/selection.ts';
import { symbolsOf, testSymbols } from '../support/symbols.ts';
import { memorySnapshot, neverAborted } from '../support/workspace.ts';

let source: SymbolSource;
beforeAll(async () => {
  source = await testSymbols();
});
afterAll(() => source.close());

const files = { 'a.py': 'def one(): two()\n', 'b.py': 'def two(): one()\n', 'c.py': 'one()\n' };

describe('what an agent may ask about', () => {
  it('is its own files and texts alone', async () => {
    const snapshot = selectFiles(await memorySnapshot(files), ['b.py']);
    const scope = { snapshot, texts: { 'made.py': 'one(); one()\n' } };
    const { items, evidence } = await source.ask({ ask: 'callers', name: 'one', limit: 99 }, scope, neverAborted());
    expect(items.map((item) => 'path' in item && item.path)).toEqual(['b.py', 'made.py', 'made.py']);
    expect(evidence.filesSearched).toBe(2);
    const other = source.ask({ ask: 'outline', path: 'a.py' }, scope, neverAborted());
    await expect(other).rejects.toThrow('no file "a.py" among the files');
  });

  it('lets a handed text stand for the file of its path', async () => {
    const scope = { snapshot: await memorySnapshot(files), texts: { 'c.py': 'nothing = 1\n' } };
    const { total } = await source.ask({ ask: 'callers', name: 'one', limit: 99 }, scope, neverAborted());
    expect(total).toBe(1);
  });

  it.each(['()', '.', '::', '#', '->'])('has a name: %s is refused', async (name) => {
    const scope = { snapshot: await memorySnapshot({ ...files, 'd.lua': 'x = 1\n' }), texts: {} };
    for (const ask of ['symbols', 'references', 'callers'] as const)
      await expect(source.ask({ ask, name, limit: 9 }, scope, neverAborted())).rejects.toThrow('holds no name');
  });

  it('ends when nobody waits any more', async () => {
    const snapshot = await memorySnapshot(files);
    const stop = new AbortController();
    const asked = source.ask({ ask: 'symbols', name: 'one', limit: 9 }, { snapshot, texts: {} }, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
    const again = await source.ask({ ask: 'symbols', name: 'one', limit: 9 }, { snapshot, texts: {} }, neverAborted());
    expect(again.total).toBe(1);
  });
});

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');
const names = (count: number) => Array.from({ length: count }, (_, n) => `m${n}`).join(', ');

describe('hard files', () => {
  it('is not stopped by deep nesting, binary letters or no line end', async () => {
    const deep = `${'(\n'.repeat(20_000)}needle(1)${')\n'.repeat(20_000)}`;
    const asked = await symbolsOf(source, {
      'deep.js': deep,
      'odd.py': 'needle(1)\u2028\u{1F600} = needle(2)',
      'empty.go': '',
    });
    const { total, evidence } = await asked.ask({ ask: 'references', name: 'needle', limit: 9 });
    expect(total).toBe(3);
    expect(evidence.filesSearched).toBe(3);
  });

  it('gives up on the one text that is too hard', { timeout: 30_000 }, async () => {
    const scope = { snapshot: await memorySnapshot({}), texts: {} };
    const outline = (text: string) => source.ask({ ask: 'outline', path: 'a.cpp', text }, scope, neverAborted());
    expect((await outline('('.repeat(100_000))).notes).toEqual(['the parser gave up on this file']);
    expect((await outline('int one() { return 1; }')).total).toBe(1);
  });

  // Each takes minutes where the work grows with the square of the file.
  it.each([
    ['calls on one line', 'a.py', () => 'f(1);'.repeat(60_000), { ask: 'references', name: 'f', limit: 9 }, 60_000],
    ['words on one line', 'a.lua', () => 'f(1) '.repeat(60_000), { ask: 'symbols', name: 'f', limit: 9 }, 0],
    ['imports in one statement', 'a.py', () => `import ${names(20_000)}\n`, { ask: 'imports', path: 'a.py' }, 20_000],
    ['imports', 'a.py', () => lines(20_000, (n) => `import m${n}`), { ask: 'imports', path: 'a.py' }, 20_000],
    [
      'methods',
      'a.rb',
      () => lines(20_000, (n) => `def m${n}; f; end`),
      { ask: 'callers', name: 'f', limit: 9 },
      20_000,
    ],
  ] as const)(
    'reads many %s in one go',
    async (_, path, text, query, total) => {
      const asked = await symbolsOf(source, { [path]: text() });
      expect((await asked.ask(query)).total).toBe(total);
    },
    20_000,
  );

  it('counts lines as the editor does, and columns in UTF-16 units', async () => {
    const asked = await symbolsOf(source, { 'a.js': "// é\r\nlet s = '😀'; target();\rtarget();\n" });
    expect((await asked.references('target')).map(({ line, column }) => [line, column])).toEqual([
      [2, 15],
      [3, 1],
    ]);
  });
});
