import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyCitations } from '../../src/citations/verify.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { describeWorkspace } from '../../src/workspace/corpus-map.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import type { SnapshotOptions } from '../../src/workspace/options.ts';
import { neverAborted, pathsOf, reasonsOf } from '../support/workspace.ts';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'snapshot-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const snapshotOf = (options: SnapshotOptions = {}, ...locations: readonly string[]) =>
  buildSnapshot(
    diskFiles((locations.length === 0 ? [root] : locations).map((location) => ({ location }))),
    options,
    neverAborted(),
  );

describe('the local disk', () => {
  test('files, encodings and binaries', async () => {
    write('src/a.ts', 'let a = 1;\n');
    write('src/wide.txt', Buffer.from('\uFEFFwide ☃\n', 'utf16le'));
    write('src/blob', Buffer.from([0, 1, 2, 3, 0, 255]));
    write('empty');
    const snapshot = await snapshotOf();
    expect(pathsOf(snapshot)).toEqual(['empty', 'src/a.ts', 'src/wide.txt']);
    expect(snapshot.text('src/wide.txt')).toBe('wide ☃\n');
    expect(reasonsOf(snapshot)).toEqual({ 'src/blob': 'binary' });
    const hash = createHash('sha256').update('let a = 1;\n').digest('hex');
    expect(snapshot.file('src/a.ts')).toMatchObject({ hash, lineCount: 1, language: 'typescript' });
  });

  test('links are listed and never followed', async () => {
    write('real/a.ts', 'a');
    symlinkSync('real/a.ts', join(root, 'again.ts'));
    symlinkSync('.', join(root, 'real/loop'));
    symlinkSync('..', join(root, 'real/up'));
    symlinkSync(tmpdir(), join(root, 'away'));
    symlinkSync('nowhere', join(root, 'gone'));
    symlinkSync('self', join(root, 'self'));
    const snapshot = await snapshotOf();
    expect(pathsOf(snapshot)).toEqual(['real/a.ts']);
    const details = Object.fromEntries(snapshot.coverage.leftOut.map(({ path, detail }) => [path, detail]));
    expect(details).toEqual({
      'again.ts': 'a link to real/a.ts, found there',
      'away/': 'a link out of the root',
      gone: 'a link to nothing',
      'real/loop/': 'a link to real, found there',
      'real/up/': 'a link to the root, found there',
      self: 'a link that leads back to itself',
    });
    expect(snapshot.coverage.filesTotal).toBe(4);
  });

  test('a file of 2 GB is measured, not read', async () => {
    write('huge.txt');
    truncateSync(join(root, 'huge.txt'), 2 ** 31);
    write('a.ts', 'a');
    const before = process.memoryUsage().rss;
    const snapshot = await snapshotOf();
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    expect(snapshot.coverage.leftOut).toEqual([
      { path: 'huge.txt', reason: 'too-large', detail: '2147483648 bytes; the limit is 4194304' },
    ]);
  });

  test('names with newlines, quotes and a real replacement character', async () => {
    write('new\nline.ts', '1');
    write('"q\'.ts', '2');
    write('odd \uFFFD.ts', '3');
    const snapshot = await snapshotOf();
    expect(pathsOf(snapshot)).toEqual(['"q\'.ts', 'new\nline.ts', 'odd \uFFFD.ts']);
    expect(snapshot.text('odd \uFFFD.ts')).toBe('3');
  });

  test('pipes are reported and do not hang', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(reasonsOf(await snapshotOf())).toEqual({ pipe: 'unreadable' });
  });

  test('several roots through links, one of them twice', async () => {
    write('one/a.ts', '1');
    write('two/b.ts', '2');
    symlinkSync('one', join(root, 'alias'));
    const snapshot = await snapshotOf({}, join(root, 'one'), join(root, 'two/'), join(root, 'alias'));
    expect(pathsOf(snapshot)).toEqual(['one/a.ts', 'two/b.ts']);
  });

  test('bad roots say what to do', async () => {
    write('file.ts', '1');
    const bad = (path: string) => snapshotOf({}, join(root, path));
    await expect(bad('gone')).rejects.toMatchObject({
      kind: 'missing',
      message: expect.stringContaining('Check the path'),
    });
    await expect(bad('file.ts')).rejects.toMatchObject({ kind: 'not-a-folder' });
    await expect(bad('file.ts/x')).rejects.toMatchObject({ kind: 'not-a-folder' });
  });
});

// File names are bytes on Linux only; the other systems refuse such a name.
test.runIf(process.platform === 'linux')('a name of bytes that are no UTF-8 is left out', async () => {
  for (const odd of [0xff, 0xfe]) {
    writeFileSync(Buffer.concat([Buffer.from(`${root}/a`), Buffer.from([odd]), Buffer.from('b')]), '1');
  }
  write('ok', '1');
  const snapshot = await snapshotOf();
  expect(pathsOf(snapshot)).toEqual(['ok']);
  expect(reasonsOf(snapshot)).toEqual({ 'a\\xfeb': 'unreadable', 'a\\xffb': 'unreadable' });
});

describe('git as the oracle', () => {
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'core.excludesFile=', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });

  const names = ['a', 'b', 'c.x', 'd.x', 'e f', 'lib'];
  const path = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const pattern = fc.oneof(
    path,
    fc.constantFrom(
      '*',
      '*.x',
      '/a',
      'a/',
      '**/b',
      'a/**',
      '**/lib/',
      '/*',
      '?',
      '[ab]',
      'b/*',
      'a/**/c.x',
      '*/',
      'e f',
      'e\\ f/',
      '# no',
      '/',
      '[!a]*',
      'lib/ ',
    ),
  );
  const rule = fc
    .tuple(fc.boolean(), fc.boolean(), pattern)
    .map(([not, anchored, body]) => (not ? '!' : '') + (anchored && !/^[/#]/.test(body) ? '/' : '') + body);
  const ignoreFile = fc.tuple(
    fc.oneof(
      fc.constant(''),
      path.map((one) => `${one}/`),
    ),
    fc.array(rule, { minLength: 1, maxLength: 5 }),
  );

  test('a repository within another one has its own rules only', async () => {
    git('init', '-q');
    git('init', '-q', 'lib/inner');
    write('.gitignore', '*.gen\nbuild/\n/lib/inner/c\n');
    write('a.gen');
    write('lib/inner/.gitignore', '/b\n');
    for (const one of ['b', 'c', 'd.gen', 'build/e', 'sub/b', 'sub/own.x']) write(`lib/inner/${one}`);
    write('lib/inner/.git/info/exclude', '*.x\n');
    const listed = git('-C', 'lib/inner', 'ls-files', '-coz', '--exclude-standard').split('\0');
    const expected = listed.filter((one) => one !== '').sort();
    expect(expected).toEqual(['.gitignore', 'build/e', 'c', 'd.gen', 'sub/b']);
    expect(pathsOf(await snapshotOf())).toEqual(['.gitignore', ...expected.map((one) => `lib/inner/${one}`)]);
    expect(pathsOf(await snapshotOf({}, join(root, 'lib/inner')))).toEqual(expected);
  });

  test('the same files stay, whatever the rules', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(path, { minLength: 1, maxLength: 14 }),
        fc.array(ignoreFile, { maxLength: 4 }),
        fc.array(rule, { maxLength: 2 }),
        async (paths, ignoreFiles, exclude) => {
          rmSync(root, { recursive: true, force: true });
          mkdirSync(root, { recursive: true });
          git('init', '-q');
          for (const one of paths) write(`${one}/leaf`, 'x');
          for (const [folder, rules] of ignoreFiles) write(`${folder}.gitignore`, rules.join('\n'));
          write('.git/info/exclude', exclude.join('\n'));
          const listed = git('ls-files', '-coz', '--exclude-standard').split('\0');
          const expected = listed.filter((one) => one !== '').sort();
          expect(pathsOf(await snapshotOf())).toEqual(expected);
          const inner = `${paths[0]?.split('/')[0]}/`;
          const below = expected.filter((one) => one.startsWith(inner)).map((one) => one.slice(inner.length));
          // An ignored folder that is opened by itself is read on purpose.
          if (below.length > 0) expect(pathsOf(await snapshotOf({}, join(root, inner)))).toEqual(below);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('sizes that do not fit', () => {
  test('a file of 600 MB is measured and named, not opened, whatever the limit', async () => {
    write('huge.sql', '-- dump\n');
    truncateSync(join(root, 'huge.sql'), 600e6);
    write('a.ts', 'let a;\n');
    const { coverage, files } = await snapshotOf({ maxFileBytes: 1e12 });
    expect(files.map(({ path }) => path)).toEqual(['a.ts']);
    expect(coverage.leftOut).toEqual([
      { path: 'huge.sql', reason: 'too-large', detail: '600000000 bytes; the limit is 67108864' },
    ]);
  });

  test('a path of 4,000 characters is read, searched and cited', async () => {
    const folders = Array.from({ length: 20 }, (_, n) => `${n}`.padStart(195, 'deep')).join('/');
    const path = `${folders}/${'f'.repeat(4000 - folders.length - 4)}.ts`;
    expect(path).toHaveLength(4000);
    // From the system's root, a path ends at 4,096 bytes.
    write(path, 'export const far = 1;\n');
    const snapshot = await snapshotOf();
    expect(pathsOf(snapshot)).toEqual([path]);
    expect(describeWorkspace(snapshot).length).toBeLessThan(4300);
    const { citations } = verifyCitations(`It is far [${path}:1].`, snapshot);
    expect(citations).toMatchObject([{ path, status: 'verified' }]);
  });
});
