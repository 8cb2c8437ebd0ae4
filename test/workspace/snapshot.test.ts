import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { languageOf } from '../../src/workspace/languages.ts';
import { withOverlay } from '../../src/workspace/overlay.ts';
import { scopeSnapshot } from '../../src/workspace/scope.ts';
import { MemoryFiles, memorySnapshot, neverAborted, pathsOf, reasonsOf } from '../support/workspace.ts';

const encoder = new TextEncoder();
/** Text that the loader takes as it is: no NUL, no mark, no PDF. */
const plainText = fc.string({ unit: fc.constantFrom('a', 'é', '界', '🌍', '\n', '\r', '\r\n', ' ', '\u2028', '\t') });
const fileName = fc.string({
  unit: fc.constantFrom('a', 'B', 'b', '-', '.', '0', 'é', '"', '\n', ' ', '\\'),
  minLength: 1,
  maxLength: 4,
});
const tree = fc.dictionary(
  fc.tuple(fc.constantFrom('', 'x/', 'x-y/', 'x/z/', 'X/'), fileName).map(([folder, name]) => `${folder}f${name}`),
  plainText,
  { noNullPrototype: true },
);

/** Another way to count lines: drop a final line end, then count the ends that are left. */
function naiveLines(text: string): readonly string[] {
  if (text === '') return [];
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(/\n$/, '').split('\n');
}

describe('what is loaded', () => {
  test('is sorted, contiguous, exactly sized and what was written', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const snapshot = await memorySnapshot(files);
        expect(pathsOf(snapshot)).toEqual(Object.keys(files).sort());
        let offset = 0;
        for (const file of snapshot.files) {
          expect(file.offset).toBe(offset);
          expect(snapshot.text(file.path)).toBe(files[file.path]);
          offset += file.byteLength;
        }
        expect(snapshot.bytes.byteLength).toBe(offset);
        expect(snapshot.coverage).toMatchObject({ filesLoaded: snapshot.files.length, bytesLoaded: offset });
      }),
      { numRuns: 60 },
    );
  });

  test('lines() agrees with a naive split', async () => {
    await fc.assert(
      fc.asyncProperty(plainText, fc.nat(8), fc.nat(8), async (text, a, b) => {
        const snapshot = await memorySnapshot({ f: text });
        const lines = naiveLines(text);
        expect(snapshot.file('f')?.lineCount).toBe(lines.length);
        const exists = a >= 1 && b >= a && b <= lines.length;
        expect(snapshot.lines('f', a, b)).toEqual(exists ? lines.slice(a - 1, b) : undefined);
        if (lines.length > 0) expect(snapshot.lines('f', 1, lines.length)).toEqual(lines);
      }),
      { numRuns: 300 },
    );
  });

  test('equal content has an equal id, and any change another', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const { id } = await memorySnapshot(files);
        const reversed = Object.fromEntries(Object.entries(files).reverse());
        expect((await memorySnapshot(reversed)).id).toBe(id);
        expect((await memorySnapshot({ ...files, added: '' })).id).not.toBe(id);
        const [first] = Object.keys(files);
        if (first !== undefined)
          expect((await memorySnapshot({ ...files, [first]: `${files[first]}!` })).id).not.toBe(id);
      }),
      { numRuns: 30 },
    );
  });

  test('text longer than a page is put together', async () => {
    const text = `${'x'.repeat(99)}\n`.repeat(30_000);
    const tree = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, n + text]));
    const snapshot = await memorySnapshot(tree);
    expect(snapshot.bytes.byteLength).toBeGreaterThan(3 * 8 * 1024 * 1024);
    for (const [path, content] of Object.entries(tree)) expect(snapshot.text(path) === content).toBe(true);
  });

  test('paths that differ by case, hold quotes or are very long are files of their own', async () => {
    const long = `${'d'.repeat(200)}/`.repeat(20);
    const snapshot = await memorySnapshot({
      'a.ts': '1',
      'A.ts': '2',
      [`${long}x.ts`]: '3',
      '"q".ts': '4',
      'a\nb': '5',
    });
    expect(snapshot.text('A.ts')).toBe('2');
    expect(snapshot.text(`${long}x.ts`)).toBe('3');
    expect(snapshot.text('a\nb')).toBe('5');
    expect(snapshot.text('"q".ts')).toBe('4');
  });

  test('names that cannot be UTF-8 are left out', async () => {
    expect(reasonsOf(await memorySnapshot({ 'a\ud800.ts': '1' }))).toEqual({ 'a\ud800.ts': 'unreadable' });
  });

  test.each([
    ['src/a.ts', 'typescript'],
    ['A.PY', 'python'],
    ['Dockerfile', 'dockerfile'],
    ['deploy/Dockerfile.dev', 'dockerfile'],
    ['CMakeLists.txt', 'cmake'],
    ['run.sh', 'shellscript'],
    ['LICENSE', 'plaintext'],
    ['x.unheard', 'plaintext'],
    ['tsconfig.json', 'jsonc'],
    ['constructor', 'plaintext'],
  ])('%s is %s', (path, language) => {
    expect(languageOf(path)).toBe(language);
  });
});

describe('coverage', () => {
  test('every found file is loaded or left out, with its reason', async () => {
    const snapshot = await memorySnapshot(
      {
        'ok.ts': '1',
        'huge.sql': { size: 2 ** 31 },
        'locked.ts': { fails: 'permission denied (EACCES)' },
        'closed/': { fails: 'permission denied (EACCES)' },
        'logo.png': Uint8Array.of(0, 1, 2, 0),
        'same.ts': { link: { kind: 'inside', path: 'ok.ts', isFolder: false } },
        'up/self': { link: { kind: 'inside', path: '', isFolder: true } },
        'etc.ts': { link: { kind: 'outside', isFolder: false } },
        'gone.ts': { link: { kind: 'dangling' } },
        'round.ts': { link: { kind: 'loop' } },
        '.env': 'A=1',
      },
      { maxFileBytes: 1000 },
    );
    expect(reasonsOf(snapshot)).toEqual({
      '.env': 'secret',
      'closed/': 'unreadable',
      'etc.ts': 'symlink',
      'gone.ts': 'symlink',
      'huge.sql': 'too-large',
      'locked.ts': 'unreadable',
      'logo.png': 'binary',
      'round.ts': 'symlink',
      'same.ts': 'symlink',
      'up/self/': 'symlink',
    });
    expect(snapshot.coverage).toMatchObject({ filesTotal: 9, filesLoaded: 1 });
    expect(snapshot.coverage.leftOut.find(({ path }) => path === 'huge.sql')?.detail).toBe(
      '2147483648 bytes; the limit is 1000',
    );
  });

  test('the limit on files leaves out the last in path order', async () => {
    const snapshot = await memorySnapshot({ c: '3', a: '1', b: '2', d: '4' }, { maxFiles: 2 });
    expect(pathsOf(snapshot)).toEqual(['a', 'b']);
    expect(reasonsOf(snapshot)).toEqual({ c: 'limit', d: 'limit' });
    expect(snapshot.coverage.filesTotal).toBe(4);
  });

  test('exactly as many as the limits allow are no reason to leave anything out', async () => {
    const snapshot = await memorySnapshot({ a: '12', b: '34' }, { maxFiles: 2, maxBytes: 4, maxFileBytes: 2 });
    expect(snapshot.coverage).toMatchObject({ filesTotal: 2, filesLoaded: 2, leftOut: [] });
  });

  test('the limit on bytes ends the loading, and reading soon after', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [`f${String(n).padStart(3, '0')}`, 'x'.repeat(10)]),
    );
    const files = new MemoryFiles({ '/p': tree });
    const snapshot = await buildSnapshot(files, { maxBytes: 105 }, neverAborted());
    expect(snapshot.files.length).toBe(10);
    expect(snapshot.coverage.leftOut.every(({ reason }) => reason === 'limit')).toBe(true);
    expect(snapshot.coverage.filesTotal).toBe(500);
    expect(files.reads.length).toBeLessThan(60);
  });

  test('folders beyond the limit are named, not walked', async () => {
    const tree = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`d${n}/deep/f`, 'x']));
    const files = new MemoryFiles({ '/p': { ...tree, a: '', b: '', c: '' } });
    const snapshot = await buildSnapshot(files, { maxFiles: 2 }, neverAborted());
    expect(pathsOf(snapshot)).toEqual(['a', 'b']);
    expect(files.lists).toEqual(['']);
    expect(snapshot.coverage.leftOut.length).toBe(301);
    expect(reasonsOf(snapshot)['d299/']).toBe('limit');
  });
});

describe('several roots', () => {
  const build = async (
    trees: Record<string, Record<string, string>>,
    folders: readonly { location: string; name?: string }[],
  ) => buildSnapshot(new MemoryFiles(trees, { folders }), {}, neverAborted());

  test('one has no prefix, however often it is given', async () => {
    const snapshot = await build({ '/w/api': { 'a.ts': '' } }, [{ location: '/w/api' }, { location: '/w/api/' }]);
    expect(pathsOf(snapshot)).toEqual(['a.ts']);
    expect(snapshot.roots).toEqual([{ name: 'api', location: '/w/api' }]);
  });

  test('names tell them apart', async () => {
    const trees = { '/w/api': { x: '' }, '/shop/web': { x: '' }, '/blog/web': { x: '' }, '/more/Web': { x: '' } };
    const snapshot = await build(
      trees,
      Object.keys(trees).map((location) => ({ location })),
    );
    expect(pathsOf(snapshot)).toEqual(['api/x', 'blog-web/x', 'more-Web/x', 'shop-web/x']);
  });

  test('names that a parent does not tell apart are counted', async () => {
    const trees = { '/a/w/api': { x: '' }, '/b/w/api': { x: '' }, '/c/named': { x: '' } };
    const snapshot = await build(trees, [
      { location: '/a/w/api' },
      { location: '/b/w/api' },
      { location: '/c/named', name: 'w-api' },
    ]);
    expect(pathsOf(snapshot)).toEqual(['w-api-2/x', 'w-api-3/x', 'w-api/x'].sort());
  });

  test('a name that would mean another folder is the base name', async () => {
    const folders = [
      { location: '/w/api', name: '.' },
      { location: '/w/web', name: ' site ' },
    ];
    const files = new MemoryFiles({ '/w/api': { 'a.ts': '1' }, '/w/web': { 'b.ts': '2' } }, { folders });
    const snapshot = await buildSnapshot(files, {}, neverAborted());
    expect(pathsOf(snapshot)).toEqual(['api/a.ts', 'site/b.ts']);
    for (const path of pathsOf(snapshot)) expect(pathsOf(scopeSnapshot(snapshot, [path]))).toEqual([path]);
  });

  test('a root in another has its files to itself', async () => {
    const inner = { 'b.ts': '2' };
    const snapshot = await build(
      { '/w': { 'a.ts': '1', 'node_modules/own/b.ts': '2' }, '/w/node_modules/own': inner },
      [{ location: '/w' }, { location: '/w/node_modules/own' }],
    );
    expect(pathsOf(snapshot)).toEqual(['own/b.ts', 'w/a.ts']);
    const plain = await build({ '/w': { 'lib/b.ts': '2', 'a.ts': '1' }, '/w/lib': inner }, [
      { location: '/w' },
      { location: '/w/lib' },
    ]);
    expect(pathsOf(plain)).toEqual(['lib/b.ts', 'w/a.ts']);
    expect(plain.coverage.leftOut).toEqual([{ path: 'w/lib/', reason: 'excluded', detail: 'a root of its own: lib' }]);
  });
});

describe('roots that cannot be asked about', () => {
  test('a missing folder, and none at all', async () => {
    const files = new MemoryFiles({ '/w': {} }, { folders: [{ location: '/w' }, { location: '/gone' }] });
    await expect(buildSnapshot(files, {}, neverAborted())).rejects.toMatchObject({
      kind: 'missing',
      location: '/gone',
    });
    await expect(buildSnapshot(new MemoryFiles({}), {}, neverAborted())).rejects.toMatchObject({ kind: 'no-folder' });
  });

  test('a folder that cannot be listed', async () => {
    class Closed extends MemoryFiles {
      override list = async () => ({ kind: 'failed', detail: 'permission denied (EACCES)' }) as const;
    }
    await expect(buildSnapshot(new Closed({ '/w': {} }), {}, neverAborted())).rejects.toMatchObject({
      kind: 'unreadable',
      message: 'The folder /w cannot be read. Check its permissions. (permission denied (EACCES))',
    });
  });

  test('an empty folder is an empty snapshot', async () => {
    const snapshot = await memorySnapshot({});
    expect(snapshot).toMatchObject({
      files: [],
      coverage: { filesTotal: 0, filesLoaded: 0, bytesLoaded: 0, leftOut: [] },
    });
    expect(snapshot.id).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('stopping', () => {
  test.each([1, 40])('an abort at read %i rejects with its reason', async (at) => {
    const controller = new AbortController();
    class Stopped extends MemoryFiles {
      override read(key: string, path: string, maxBytes: number) {
        if (this.reads.length === at) controller.abort(new Error('stop'));
        return super.read(key, path, maxBytes);
      }
    }
    const files = new Stopped({ '/w': Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`f${n}`, ''])) });
    await expect(buildSnapshot(files, {}, controller.signal)).rejects.toThrow('stop');
    expect(files.reads.length).toBeLessThan(200);
  });
});

test('unsaved text wins over stored text, also in ignore files', async () => {
  const disk = new MemoryFiles({ '/w': { 'a.ts': 'old', 'b.ts': 'old', '.gitignore': '' } });
  const unsaved = new Map([
    ['a.ts', 'new'],
    ['.gitignore', 'b.ts'],
  ]);
  const files = withOverlay(disk, (key, path) => (key === '/w' ? unsaved.get(path) : undefined));
  const snapshot = await buildSnapshot(files, {}, neverAborted());
  expect(pathsOf(snapshot)).toEqual(['.gitignore', 'a.ts']);
  expect(snapshot.text('a.ts')).toBe('new');
  const limited = await buildSnapshot(files, { maxFileBytes: 2 }, neverAborted());
  expect(reasonsOf(limited)['a.ts']).toBe('too-large');
  expect(encoder.encode(snapshot.text('a.ts')).length).toBe(3);
});
