// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what some of these files attack with.
import { mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOf, runCli } from '../support/cli.ts';

const smallFiles = 20_000;
const oddNames = [
  ...[
    'new\nline.ts',
    'quo\'te".ts',
    'back\\slash.ts',
    '..\\..\\up.ts',
    '...',
    '..ts',
    'con',
    'aux.ts',
    'nul',
    '-rf',
    '--model',
    '~',
  ],
  ...[
    '__proto__',
    'constructor.ts',
    '<img src=x onerror=alert(1)>.ts',
    '`tick`.ts',
    '[a.ts:1].md',
    '\u001b[2J.ts',
    '\u202egnp.ts',
  ],
  ...['%2e%2e%2fetc', '$(touch x).ts', 'a\u0000b'.replace('\u0000', '\u0001'), 'x'.repeat(250)],
];
/** A folder name of 200 characters, 19 deep: as long a path as the system has. */
const longFolder = Array.from({ length: 19 }, (_, n) => `${n}${'d'.repeat(200)}`).join('/');

let home: Awaited<ReturnType<typeof folderOf>>;
let root: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [home, root] = await Promise.all([
    folderOf({}),
    folderOf({ 'src/real.ts': 'export const real = 1;\n', 'line.txt': `needle ${'x'.repeat(3_900_000)}` }),
  ]);
  const { folder } = root;
  const sparse = await open(join(folder, 'sparse.txt'), 'w');
  await sparse.truncate(50 * 2 ** 30);
  await sparse.close();
  const zeros = await open(join(folder, 'zeros.txt'), 'w');
  await zeros.truncate(4_000_000);
  await zeros.close();
  await mkdir(join(folder, `deep/${'n/'.repeat(1500)}`), { recursive: true });
  await writeFile(join(folder, `deep/${'n/'.repeat(1500)}end.ts`), 'export const end = 1;\n');
  await mkdir(join(folder, longFolder.slice(0, 3700)), { recursive: true });
  await writeFile(join(folder, longFolder.slice(0, 3700), 'far.ts'), 'export const far = 1;\n');
  await mkdir(join(folder, 'many'));
  for (let n = 0; n < smallFiles; n += 500)
    await Promise.all(
      Array.from({ length: 500 }, (_, i) =>
        writeFile(join(folder, `many/${n + i}.ts`), `export const n${n + i} = 1;\n`),
      ),
    );
  await mkdir(join(folder, 'odd'));
  for (const name of oddNames) await writeFile(join(folder, 'odd', name), 'export const odd = 1;\n');
  await symlink('.', join(folder, 'odd/loop'));
  await symlink('../..', join(folder, 'odd/above'));
  await symlink('/dev/zero', join(folder, 'odd/zero.ts'));
}, 120_000);
afterAll(() => Promise.all([home.remove(), root.remove()]));

test('sparse, deep, many, long and oddly named files are loaded or told of, and end nothing', {
  timeout: 300_000,
}, async () => {
  const saved = join(home.folder, 'answer.md');
  const { code, stdout, stderr } = await runCli(home.folder, {
    args: ['ask', 'Where is odd defined?', '--dir', root.folder, '--model', 'offline', '--json', '--save', saved],
    env: { NODE_OPTIONS: '--max-old-space-size=1500' },
  });
  expect(stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  const reasons = new Map(
    report.coverage.leftOut.map((one: { path: string; reason: string }) => [one.path, one.reason]),
  );
  expect(reasons.get('sparse.txt')).toBe('too-large');
  expect(reasons.get('zeros.txt')).toBe('binary');
  for (const link of ['odd/loop/', 'odd/above/', 'odd/zero.ts']) expect(reasons.get(link)).toBeDefined();
  expect(report.coverage.filesTotal - report.coverage.filesLoaded).toBeLessThan(20);
  expect(report.coverage.filesLoaded).toBeGreaterThan(smallFiles + oddNames.length);
  // A name that cannot be written in brackets cannot be cited: such a citation is not verified, and so shown.
  for (const { status, quote } of report.citations) expect(quote === '').toBe(status === 'unverified');
  expect(report.citations.some(({ status }: { status: string }) => status === 'verified')).toBe(true);
  const markdown = await readFile(saved, 'utf8');
  // Outside of code and of the comment with the facts, where an image would be fetched.
  expect(markdown.replace(/^(`{3,})[\s\S]*?^\1$|`[^`\n]*`|^<!--[\s\S]*?^-->/gm, '')).not.toMatch(/<img|!\[/);
});
