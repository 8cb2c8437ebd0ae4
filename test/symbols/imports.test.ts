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

  it('mean the module of the same Rust crate', async () => {
    const files = ['lib.rs', 'error.rs', 'a/b.rs', 'a/mod.rs', 'q.rs'];
    const others = [
      ...files.map((file) => `x/src/${file}`),
      ...files.map((file) => `longer/src/${file}`),
      'b.rs',
      'q.rs',
    ];
    const rust = async (path: string, ...modules: readonly string[]) =>
      targets(await importsOf(path, modules.map((one) => `use ${one};\n`).join(''), others));
    expect(
      await rust('longer/src/c.rs', 'crate::error::Error', 'super::q::{A, B}', 'crate::a::b::C', 'std::error'),
    ).toEqual(['longer/src/error.rs', 'longer/src/q.rs', 'longer/src/a/b.rs', null]);
    expect(await rust('longer/src/a/c.rs', 'super::b::T', 'super::super::q::T', 'crate::none::T')).toEqual([
      'longer/src/a/b.rs',
      'longer/src/q.rs',
      null,
    ]);
    expect(await rust('longer/src/a/mod.rs', 'self::b::T', 'super::q::T')).toEqual([
      'longer/src/a/b.rs',
      'longer/src/q.rs',
    ]);
  });

  it('mean the nearest of several files', async () => {
    const items = await importsOf('tools/app/a.py', 'import utils\n', [
      'x/utils.py',
      'tools/app/utils.py',
      'tools/utils.py',
    ]);
    expect(targets(items)).toEqual(['tools/app/utils.py']);
    expect(targets(await importsOf('a.py', 'import utils\n', ['x/utils.py', 'y/utils.py']))).toEqual([null]);
  });

  it('of Go mean nothing of the workspace when they are its own', async () => {
    const text = 'package a\nimport (\n"fmt"\n"encoding/json"\n"app/cmd"\n"example.com/app/internal/store"\n)\n';
    const items = await importsOf('main.go', text, [
      'internal/fmt/a.go',
      'json/b.go',
      'cmd/c.go',
      'internal/store/d.go',
    ]);
    expect(targets(items)).toEqual([null, null, 'cmd/', 'internal/store/']);
  });

  it('of Java mean a class by its whole package', async () => {
    const text =
      'import java.util.List;\nimport static com.acme.Util.go;\nimport com.acme.Out.In;\nimport com.acme.*;\nimport com.acme.x.B;\n';
    const main = ['util/List', 'Util', 'Out', 'x/B'].map((name) => `src/main/java/com/acme/${name}.java`);
    const items = await importsOf('src/main/java/com/acme/A.java', text, [...main, 'src/test/java/com/acme/T.java']);
    expect(targets(items)).toEqual([null, main[1], main[2], 'src/main/java/com/acme/', main[3]]);
  });
});
