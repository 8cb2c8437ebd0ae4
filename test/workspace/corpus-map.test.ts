import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inMemory } from '../../src/workspace/corpus-bytes.ts';
import { describeWorkspace } from '../../src/workspace/corpus-map.ts';
import { LoadedSnapshot } from '../../src/workspace/loaded-snapshot.ts';
import type { LeftOut, Snapshot } from '../../src/workspace/snapshot.ts';
import { memorySnapshot } from '../support/workspace.ts';

/** A snapshot of empty files: the map needs names and sizes only. */
function emptyFiles(paths: readonly string[], leftOut: readonly LeftOut[] = []): Snapshot {
  const file = { offset: 0, byteLength: 0, lineCount: 0, language: 'plaintext', hash: '' };
  return new LoadedSnapshot({
    id: '',
    roots: [{ name: 'r', location: '/r' }],
    files: paths.toSorted().map((path) => ({ path, ...file })),
    text: inMemory(new SharedArrayBuffer(0)),
    coverage: { filesTotal: paths.length, filesLoaded: paths.length, bytesLoaded: 0, leftOut },
  });
}

/** Everything but printable text and line ends. */
const unprintable = /[^\P{C}\n]/u;

describe('a small workspace', () => {
  test('is told whole', async () => {
    const snapshot = await memorySnapshot({
      'README.md': '[![badge](x)](y)\n# Shop\n\nSells things.\nFast.\n',
      'package.json': '{"name":"shop","main":"dist/main.js","scripts":{"start":"x","test":"y"}}',
      'src/main.ts': 'start();\n',
      'src/cart.py': 'a = 1\nb = 2\n',
      'svc/go.mod': 'module example.com/svc\n\ngo 1.24\n',
      'lib/Cargo.toml': '[package]\nname = "core"\nversion = "1"\n[[bin]]\nname = "tool"\n',
      'py/pyproject.toml': '[project]\nname = "py"\n[project.scripts]\nrun = "py:main"\n',
      '.env': 'A=1',
      'node_modules/x/y.js': '',
    });
    expect(describeWorkspace(snapshot)).toMatchInlineSnapshot(`
      "7 files, 21 lines, 286 B of text.
      Languages: toml 116 B in 2, json 72 B in 1, markdown 45 B in 1, go.mod 32 B in 1, python 12 B in 1, typescript 9 B in 1.
      Left out, not readable here: excluded 1 folder; secret 1 file.

      Files:
      README.md  5 lines
      lib/Cargo.toml  5 lines
      package.json  1 line
      py/pyproject.toml  4 lines
      src/cart.py  2 lines
      src/main.ts  1 line
      svc/go.mod  3 lines

      Entry points and manifests:
      package.json: name "shop"; main "dist/main.js"; scripts start, test
      lib/Cargo.toml: [package] name = "core"; [bin] name = "tool"
      py/pyproject.toml: [project] name = "py"; [project.scripts] run = "py:main"
      svc/go.mod: module example.com/svc
      src/main.ts

      READMEs:
      README.md: Shop | Sells things. | Fast."
    `);
  });

  test('of nothing says so', async () => {
    expect(describeWorkspace(await memorySnapshot({}))).toBe(
      'The workspace holds no readable text file.\nNothing was left out.',
    );
  });

  test('up to 60 paths are all listed', () => {
    const paths = Array.from({ length: 60 }, (_, n) => `d${n % 7}/f${n}.txt`);
    const map = describeWorkspace(emptyFiles(paths));
    for (const path of paths) expect(map).toContain(`\n${path}  `);
    expect(describeWorkspace(emptyFiles([...paths, 'd0/x.txt']))).not.toContain('d0/f0.txt');
  });
});

describe('a large workspace', () => {
  test('shows folders with counts, as deep as fits, and never all paths', () => {
    const paths = Array.from({ length: 200_000 }, (_, n) => `pkg${n % 30}/src/m${n % 900}/f${n}.ts`);
    const map = describeWorkspace(emptyFiles(paths));
    expect(map.length).toBeLessThanOrEqual(4200);
    expect(map).toContain('200,000 files');
    expect(map).toMatch(/^pkg0\/ {2}6,667 files, 0 B$/m);
    expect(map).toMatch(/^ {2}src\/ {2}6,667 files/m);
    expect(map).not.toContain('.ts');
  });

  test('a folder of very many folders says how many are not shown', () => {
    const map = describeWorkspace(emptyFiles(Array.from({ length: 5000 }, (_, n) => `d${n}/f`)));
    expect(map).toContain('… and 4,960 smaller folders');
  });

  test('what was left out is one line of counts', () => {
    const leftOut: LeftOut[] = [
      { path: 'a/', reason: 'ignored', detail: '' },
      { path: 'b', reason: 'secret', detail: '' },
      { path: 'c', reason: 'ignored', detail: '' },
      { path: 'd', reason: 'ignored', detail: '' },
    ];
    expect(describeWorkspace(emptyFiles(['x'], leftOut))).toContain(
      '\nLeft out, not readable here: ignored 1 folder and 2 files; secret 1 file.\n',
    );
  });
});

describe('whatever the workspace holds', () => {
  test('hostile names become one printable line each', async () => {
    const map = describeWorkspace(await memorySnapshot({ 'a\n\u001b[2Jb\u202e\u2028.ts': '', 'c\\d': '' }));
    expect(map).toContain('\na\\n\\x1b[2Jb\\u{202e}\\u{2028}.ts  0 lines');
    expect(map).toContain('\nc\\\\d  ');
    expect(map).not.toMatch(unprintable);
  });

  test('the map is printable, within its bound, and the same each time', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map((one) => one.replaceAll(/[/\0]/g, '_'));
    const path = fc.oneof(
      fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/')),
      name.map((one) => `${one.repeat(4000).slice(0, 4000)}/package.json`),
      fc.constantFrom('README.md', 'x/README.md', 'package.json', 'a/main.ts'),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('# T\u001b[1m\n\u202e\n', '{"name":"\\u001b[2J"}', '{"bin":'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(path, text, { maxKeys: 80, noNullPrototype: true }),
        fc.integer({ min: 0, max: 7000 }),
        async (tree, maxChars) => {
          const snapshot = await memorySnapshot(tree);
          const map = describeWorkspace(snapshot, maxChars);
          expect(map.length).toBeLessThanOrEqual(maxChars);
          expect(map).not.toMatch(unprintable);
          expect(describeWorkspace(snapshot, maxChars)).toBe(map);
        },
      ),
      { numRuns: 100 },
    );
  });
});
