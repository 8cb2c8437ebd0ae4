import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportItem, SymbolSource } from '../../src/symbols/symbol-source.ts';
import { symbolsOf, testSymbols } from '../support/symbols.ts';

let source: SymbolSource;
beforeAll(async () => {
  source = await testSymbols();
});
afterAll(() => source.close());

/** What `text` imports as the file at `path`, beside empty files. */
async function importsOf(path: string, text: string, others: readonly string[] = []): Promise<readonly ImportItem[]> {
  const asked = await symbolsOf(source, { ...Object.fromEntries(others.map((one) => [one, ''])), [path]: text });
  return (await asked.ask({ ask: 'imports', path })).items as readonly ImportItem[];
}

const modules = (items: readonly ImportItem[]) => items.map(({ module }) => module);
const targets = (items: readonly ImportItem[]) => items.map(({ target }) => target);

describe('imports', () => {
  it.each(['js', 'ts', 'tsx'])('are found in %s wherever require() is called', async (extension) => {
    const text = `require('./a');
const { y, z } = require('./b');
const d = require('./d').d;
module.exports = { e: require('./e') };
app.use(require('./f')(app));
function g() { return require('./g'); }
require(name); other('./h');
`;
    const items = await importsOf(`x.${extension}`, text, ['e.js']);
    expect(modules(items)).toEqual(['./a', './b', './d', './e', './f', './g']);
    expect(items[1]?.names).toEqual(['y', 'z']);
    expect(items[3]?.target).toBe('e.js');
  });

  it.each([
    ['a.ts', "import { store } from './store';\n", ['store']],
    ['a.js', "const { store } = require('./store');\n", ['store']],
    ['a.py', 'from a.store import store, b as c\n', ['store', 'b', 'c']],
    ['a.py', 'import a.b as b, c.d as e\n', ['b', 'e']],
    ['a.rs', 'use a::store::{store, Item};\n', ['store', 'Item']],
    ['a.go', 'package a\nimport store "example.com/store"\n', ['store']],
  ])('name what they import, also as its module is named: %s %s', async (path, text, names) => {
    const [item] = await importsOf(path, text);
    expect(item?.names).toEqual(names);
  });

  it('are found in PHP with parentheses and beside the file', async () => {
    const text = `<?php\nrequire 'a.php';\ninclude("b.php");\ninclude_once('c.php');\nrequire_once __DIR__ . '/d.php';\nrequire $x . '/e.php';\n`;
    const items = await importsOf('lib/x.php', text, ['lib/d.php', 'd.php']);
    expect(modules(items)).toEqual(['a.php', 'b.php', 'c.php', '/d.php']);
    expect(items[3]?.target).toBe('lib/d.php');
  });

  it('are found in Ruby when they are loaded later', async () => {
    const items = await importsOf('lib/a.rb', "require 'set'\nautoload :B, 'x/b'\n", ['lib/x/b.rb']);
    expect(targets(items)).toEqual([null, 'lib/x/b.rb']);
  });
});
