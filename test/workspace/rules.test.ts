import { describe, expect, test } from 'vitest';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { MemoryFiles, memorySnapshot, neverAborted, pathsOf, reasonsOf } from '../support/workspace.ts';

describe('ignore rules', () => {
  test('a nested file adds to those above and may take back what they ignore', async () => {
    const snapshot = await memorySnapshot({
      '.gitignore': '*.log\n/top.txt\ngen/\n',
      'a.log': '',
      'top.txt': '',
      'sub/top.txt': 'kept: the rule is anchored',
      'sub/.gitignore': '!keep.log\n!gen/\n/own.txt\n',
      'sub/keep.log': 'kept',
      'sub/drop.log': '',
      'sub/own.txt': '',
      'sub/deep/own.txt': 'kept',
      'sub/gen/code.ts': 'kept',
      'gen/code.ts': '',
    });
    expect(pathsOf(snapshot)).toEqual([
      '.gitignore',
      'sub/.gitignore',
      'sub/deep/own.txt',
      'sub/gen/code.ts',
      'sub/keep.log',
      'sub/top.txt',
    ]);
    expect(snapshot.coverage.leftOut).toContainEqual({ path: 'gen/', reason: 'ignored', detail: '.gitignore: gen/' });
    expect(snapshot.coverage.leftOut).toContainEqual({
      path: 'sub/own.txt',
      reason: 'ignored',
      detail: 'sub/.gitignore: /own.txt',
    });
  });

  test('lines that end in two carriage returns are for names that end in one, as git has it', async () => {
    const rules = 'foo\r\r\n\r\r\nbuild/\r\r\n';
    const snapshot = await memorySnapshot({
      '.gitignore': rules,
      foo: 'kept',
      'd/.gitignore': rules,
      'd/foo': 'kept',
      'd/sub/x': 'kept',
      'd/build.ts': 'kept',
    });
    expect(pathsOf(snapshot)).toEqual(['.gitignore', 'd/.gitignore', 'd/build.ts', 'd/foo', 'd/sub/x', 'foo']);
  });

  test.each([
    ['longer than any path', '?'.repeat(900_000)],
    ['longer than any path, of classes', '[a]'.repeat(300_000)],
    ['with many ways to match', `${'**/a/'.repeat(20)}b`],
  ])('a pattern %s holds up nothing', { timeout: 20_000 }, async (_, pattern) => {
    const deep = `${'a/'.repeat(40)}x.ts`;
    const rules = `${pattern}\n*.log\n`;
    const snapshot = await memorySnapshot({
      '.gitignore': rules,
      'a.log': '',
      'sub/.gitignore': rules,
      [deep]: 'kept',
    });
    expect(pathsOf(snapshot)).toEqual(['.gitignore', deep, 'sub/.gitignore']);
  });

  test('an ignored folder is one entry and is never listed', async () => {
    const files = new MemoryFiles({ '/p': { '.gitignore': 'big/\n', 'big/a/b/c.ts': '', 'src/x.ts': '' } });
    const snapshot = await buildSnapshot(files, {}, neverAborted());
    expect(files.lists).toEqual(['', 'src']);
    expect(snapshot.coverage).toMatchObject({ filesTotal: 2, filesLoaded: 2 });
    expect(reasonsOf(snapshot)).toEqual({ 'big/': 'ignored' });
  });

  test('rules above the root hold for it', async () => {
    const repository = {
      rootPath: 'packages/api',
      rules: [
        { folder: '', source: '.git/info/exclude', text: '*.own\n' },
        { folder: '', source: '.gitignore', text: '/packages/api/made\n*.tmp\n/src\n' },
        { folder: 'packages', source: '.gitignore', text: '/api/local.ts\n' },
      ],
    };
    const tree = { 'made/a.ts': '', 'x.tmp': '', 'y.own': '', 'local.ts': '', 'src/x.ts': '', 'local/local.ts': '' };
    const snapshot = await buildSnapshot(
      new MemoryFiles({ '/r/packages/api': tree }, { repository }),
      {},
      neverAborted(),
    );
    expect(pathsOf(snapshot)).toEqual(['local/local.ts', 'src/x.ts']);
  });

  test('an ignored folder that a person opens is read by its own rules', async () => {
    const repository = { rootPath: 'out', rules: [{ folder: '', source: '.gitignore', text: 'out/\n*.js\n' }] };
    const snapshot = await buildSnapshot(
      new MemoryFiles({ '/r/out': { 'a.js': '1', 'b.js': '2', '.gitignore': 'b.js' } }, { repository }),
      {},
      neverAborted(),
    );
    expect(pathsOf(snapshot)).toEqual(['.gitignore', 'a.js']);
  });

  test('case matters to rules as it does to the files', async () => {
    const tree = { '/p': { '.gitignore': 'NOTES\n', notes: 'x' } };
    const on = (caseSensitive: boolean) => buildSnapshot(new MemoryFiles(tree, { caseSensitive }), {}, neverAborted());
    expect(pathsOf(await on(true))).toEqual(['.gitignore', 'notes']);
    expect(pathsOf(await on(false))).toEqual(['.gitignore']);
  });

  test('folder names with glob characters are literal in rewritten rules', async () => {
    const snapshot = await memorySnapshot({
      'a[b]*/.gitignore': '*.x\n',
      'a[b]*/one.x': '',
      'ab/one.x': 'kept',
      '!not/.gitignore': '/two\n',
      '!not/two': '',
    });
    expect(pathsOf(snapshot)).toEqual(['!not/.gitignore', 'a[b]*/.gitignore', 'ab/one.x']);
  });

  test('useGitIgnore: false loads what rules leave out', async () => {
    const tree = { '.gitignore': 'x.ts\n', 'x.ts': '' };
    expect(pathsOf(await memorySnapshot(tree, { useGitIgnore: false }))).toEqual(['.gitignore', 'x.ts']);
  });
});

describe('default excludes', () => {
  test('what is unmistakable is left out whole', async () => {
    const snapshot = await memorySnapshot({
      'node_modules/x/index.js': '',
      'web/node_modules/y.js': '',
      '.git/config': '',
      'sub/.git': 'gitdir: elsewhere',
      'env/pyvenv.cfg': '',
      'env/lib/x.py': '',
      'Cargo.toml': '[package]',
      'target/debug/x.rs': '',
      'go/vendor/modules.txt': '',
      'go/vendor/a/a.go': '',
      'pkg/__pycache__/x.py': '',
      'cov/coverage/lcov.info': '',
      'main.rs': 'fn main() {}',
    });
    expect(pathsOf(snapshot)).toEqual(['Cargo.toml', 'main.rs']);
    expect(Object.keys(reasonsOf(snapshot))).toEqual([
      '.git/',
      'cov/coverage/',
      'env/',
      'go/vendor/',
      'node_modules/',
      'pkg/__pycache__/',
      'sub/.git',
      'target/',
      'web/node_modules/',
    ]);
    expect(new Set(Object.values(reasonsOf(snapshot)))).toEqual(new Set(['excluded']));
  });

  test('names that are source as often as output stay', async () => {
    const tree = {
      'package.json': '{}',
      '.gitignore': 'node_modules\n',
      'build/tasks.ts': '1',
      'out/door.ts': '1',
      'dist/index.ts': '1',
      'vendor/own.c': '1',
      'lib/a.rb': '1',
      'target/aim.ts': '1',
      'coverage/report.ts': '1',
      'env/settings.py': '1',
      'bin/run': '1',
    };
    expect(pathsOf(await memorySnapshot(tree))).toEqual(Object.keys(tree).sort());
  });

  test('dist beside a manifest is output where no .gitignore speaks', async () => {
    const snapshot = await memorySnapshot({ 'package.json': '{}', 'dist/index.js': '1', 'src/dist/a.js': '1' });
    expect(pathsOf(snapshot)).toEqual(['package.json', 'src/dist/a.js']);
  });

  test('lock files, minified files and source maps', async () => {
    const tree = {
      'package-lock.json': '{}',
      'a.min.js': '1',
      'a.js.map': '{}',
      'a.js': '1',
      'bundle.js': 'x();'.repeat(10_000),
      'map.ts': '1',
    };
    expect(reasonsOf(await memorySnapshot(tree))).toEqual({
      'a.js.map': 'excluded',
      'a.min.js': 'excluded',
      'bundle.js': 'excluded',
      'package-lock.json': 'excluded',
    });
    expect(pathsOf(await memorySnapshot(tree, { includeLockFiles: true }))).toContain('package-lock.json');
    expect(pathsOf(await memorySnapshot(tree, { useDefaultExcludes: false }))).toContain('bundle.js');
  });
});

describe('settings', () => {
  const tree = { 'src/a.ts': '1', 'src/a.md': '1', 'docs/b.md': '1', 'docs/img/c.ts': '1', '.hidden/d.ts': '1' };

  test.each([
    [['*.ts'], ['.hidden/d.ts', 'docs/img/c.ts', 'src/a.ts']],
    [['src/**'], ['src/a.md', 'src/a.ts']],
    [
      ['docs/*.md', 'src/a.ts'],
      ['docs/b.md', 'src/a.ts'],
    ],
    [['**/img/**'], ['docs/img/c.ts']],
    [['src'], ['src/a.md', 'src/a.ts']],
    [
      ['./docs/img', 'src/'],
      ['docs/img/c.ts', 'src/a.md', 'src/a.ts'],
    ],
    [['img/'], ['docs/img/c.ts']],
    [['docs/*'], ['docs/b.md']],
    [['nowhere'], []],
  ])('include %j', async (include, expected) => {
    expect(pathsOf(await memorySnapshot(tree, { include }))).toEqual(expected);
  });

  test.each([
    [['docs'], ['.hidden/d.ts', 'src/a.md', 'src/a.ts']],
    [['docs/**'], ['.hidden/d.ts', 'src/a.md', 'src/a.ts']],
    [['img/'], ['.hidden/d.ts', 'docs/b.md', 'src/a.md', 'src/a.ts']],
    [
      ['*.md', '.hidden'],
      ['docs/img/c.ts', 'src/a.ts'],
    ],
    [['!src'], ['.hidden/d.ts', 'docs/b.md', 'docs/img/c.ts', 'src/a.md', 'src/a.ts']],
  ])('exclude %j', async (exclude, expected) => {
    const snapshot = await memorySnapshot(tree, { exclude });
    expect(pathsOf(snapshot)).toEqual(expected);
    expect(snapshot.coverage.leftOut.every(({ detail }) => detail.startsWith('setting: '))).toBe(true);
  });
});
