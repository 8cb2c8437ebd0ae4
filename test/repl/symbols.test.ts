import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { HostRefusal } from '../../src/repl/repl.ts';
import type { SymbolSource } from '../../src/symbols/symbol-source.ts';
import { corpusOf, openRepl, type TestRepl, testPool } from '../support/repl.ts';
import { testSymbols } from '../support/symbols.ts';
import { memorySnapshot, neverAborted } from '../support/workspace.ts';

const files = {
  'README.md': '# Demo\n\nOnly prose speaks of prune_all.\n',
  'src/main.go': 'package main\n\nfunc main() {\n\tprintln("hi")\n}\n',
  'src/store.ts':
    "import { now } from './time.ts';\n\nexport class Store {\n  at = now();\n\n  refresh(): number {\n    return now();\n  }\n}\n",
  'src/time.ts': 'export const now = () => Date.now();\n// now() is cheap\n',
  'tool.lua': 'function refresh()\n  now()\nend\n',
  'broken.ts': 'export function whole() { return now(); }\nexport class { ??? \n',
};

let pool: WarmReplPool;
let source: SymbolSource;
let repl: TestRepl;

beforeAll(async () => {
  [pool, source] = await Promise.all([testPool(), testSymbols()]);
  const snapshot = await memorySnapshot(files);
  repl = await openRepl(pool, {
    corpus: corpusOf(files),
    onCall: (call, signal) => {
      if (call.op !== 'symbols') throw new HostRefusal('git history is not available here');
      return source.ask(call.query, { snapshot, texts: {} }, signal ?? neverAborted());
    },
  });
});
afterAll(() => Promise.all([pool.close(), source.close()]));

describe('outline', () => {
  it('prints a tree of definitions', async () => {
    expect(await repl.print('print(outline("src/store.ts"))')).toBe(
      'src/store.ts: 3 definitions, 9 lines; read by a parser\n     3  export class Store {\n     4    at = now();\n     6    refresh(): number {\n',
    );
  });

  it('reads an unknown language as text, and says so', async () => {
    expect(await repl.print('print(outline("tool.lua"))')).toBe(
      'tool.lua: 1 definitions, 3 lines; read as text, not by a parser; no parser for lua\n     1  function refresh()\n',
    );
  });

  it('counts lines as read() does, whatever ends them', async () => {
    await repl.print('files["old.lua"] = "function a()\\rend\\r"');
    expect(await repl.print('outline("old.lua").summary')).toContain('1 definitions, 2 lines');
    await repl.print('del files["old.lua"]');
  });

  it('finds what there is around a syntax error, and says so', async () => {
    const printed = await repl.print('print(outline("broken.ts"))');
    expect(printed).toContain('parsed around syntax errors');
    expect(printed).toContain('export function whole()');
  });

  it('reads what the cell has put into files', async () => {
    const code =
      'files["new.py"] = "class A:\\n    def b(self): pass\\n"\n[(d.container, d.name) for d in outline("new.py")]';
    expect(await repl.print(code)).toBe("[('', 'A'), ('A', 'b')]\n");
    await repl.print('del files["new.py"]');
  });
});

describe('symbols, references, callers, imports', () => {
  it('finds definitions, also by their class', async () => {
    expect(await repl.print('symbols("Store.refresh")')).toBe(
      'src/store.ts:6-8: method Store.refresh  refresh(): number {\n[1 definitions in 1 files; 6 files searched, 2 hold the name, 1 parsed; searched as text, not parsed: tool.lua]\n',
    );
    expect(
      await repl.print('[d.path for d in symbols("refresh")], [d.path for d in symbols("refresh", kind="method")]'),
    ).toBe("(['src/store.ts', 'tool.lua'], ['src/store.ts'])\n");
  });

  it('counts references without comments, and says by whom', async () => {
    const code =
      'found = references("now")\nprint(found.total)\nfor r in found: print(r.path, r.line, r.kind, r.inside, r["by"])';
    expect(await repl.print(code)).toBe(
      [
        '7',
        'broken.ts 1 call whole parser',
        'src/store.ts 1 import  parser',
        'src/store.ts 4 call Store.at parser',
        'src/store.ts 7 call Store.refresh parser',
        'src/time.ts 1 definition  parser',
        'src/time.ts 1 call now parser',
        'tool.lua 2 text  text',
        '',
      ].join('\n'),
    );
  });

  it('lists callers with the lines around them', async () => {
    expect(await repl.print('[(c.path, c.inside, c.inside_start, c.inside_end) for c in callers("now")][1:3]')).toBe(
      "[('src/store.ts', 'Store.at', 4, 4), ('src/store.ts', 'Store.refresh', 6, 8)]\n",
    );
  });

  it('keeps the whole count when the list is cut', async () => {
    expect(await repl.print('r = references("now", max_hits=2)\nlen(r), r.total')).toBe('(2, 7)\n');
    expect(await repl.print('r.summary')).toContain('the first 2 are here');
  });

  it('resolves imports to files', async () => {
    expect(await repl.print('[(i.line, i.module, i.names, i.target) for i in imports("src/store.ts")]')).toBe(
      "[(1, './time.ts', ['now'], 'src/time.ts')]\n",
    );
  });

  it('says where else a name occurs that nothing defines', async () => {
    expect(await repl.print('symbols("prune_all")')).toContain(
      '0 definitions in 0 files; 6 files searched, 1 hold the name',
    );
    expect(await repl.print('symbols("prune_all")')).toContain('mentioned in documents and data: README.md');
  });

  it.each([
    ['references("a b")', 'a name is one identifier'],
    ['references(3)', 'a name must be a str, not int'],
    ['references("now", max_hits=-1)', 'max_hits must be an int from 0 to 10000'],
    ['outline("src/stor.ts")', "Close: 'src/store.ts'"],
    ['references("now")[0].file', "has no 'file'; it has path, line"],
    ['blame("src/time.ts", 1)', 'git history is not available here'],
  ])('%s: %s', async (code, message) => {
    expect((await repl.run(code)).error).toContain(message);
  });
});
