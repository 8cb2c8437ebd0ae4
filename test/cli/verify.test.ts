import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOf, runCli } from '../support/cli.ts';

const code = (name: string, constant: number) =>
  `export function ${name}(request: Request): Response {\n  const limit = ${constant};\n  if (request.size > limit) throw new TooLarge(request);\n  return respond(request, limit);\n}\n`;
const files = {
  'src/one.ts': code('one', 1),
  'src/two.ts': code('two', 2),
  'src/three.ts': code('three', 3),
  'src/four.ts': code('four', 4),
  'src/five.ts': code('five', 5),
};

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;

beforeEach(async () => {
  [folder, home] = await Promise.all([folderOf(files), folderOf({})]);
});
afterEach(() => Promise.all([folder.remove(), home.remove()]));

const at = (path: string) => join(folder.folder, path);
const verify = (...args: readonly string[]) =>
  runCli(home.folder, { args: ['verify', at('notes/answer.md'), '--dir', folder.folder, ...args] });

describe('ask --save, then verify', () => {
  it('finds what a question could only load with wider limits', async () => {
    await mkdir(at('notes'));
    const filler = '// as long as it takes to be more than the limit of a file\n'.repeat(80_000);
    await writeFile(at('src/large.ts'), `${filler}${code('largest', 6)}`);
    const args = ['ask', 'Where is `largest` defined?', '--dir', folder.folder, '--save', at('notes/answer.md')];
    expect(await runCli(home.folder, { args: [...args, '--max-file-mb', '8'] })).toMatchObject({ code: 0 });
    const { code: exit, stdout } = await verify('--json');
    expect(stdout).toContain('src/large.ts');
    expect(exit).toBe(0);
  });

  it('exits 1 when the answer cannot be saved, and prints it all the same', async () => {
    const args = ['ask', 'Where is `limit` defined?', '--dir', folder.folder, '--save', at('no/such/folder/a.md')];
    const { code: exit, stdout, stderr } = await runCli(home.folder, { args });
    expect(exit).toBe(1);
    expect(stdout).toContain('verified');
    expect(stderr).toContain('The answer cannot be saved: ENOENT');
  });

  it('tells what was renamed, moved, edited and deleted apart, and exits 1', async () => {
    await mkdir(at('notes'));
    const asked = await runCli(home.folder, {
      args: [
        'ask',
        'TooLarge limit request respond one two three four five',
        '--dir',
        folder.folder,
        '--save',
        at('notes/answer.md'),
      ],
    });
    expect(asked).toMatchObject({ code: 0 });
    expect(await verify()).toMatchObject({ code: 0 });

    await rename(at('src/one.ts'), at('src/uno.ts'));
    await writeFile(at('src/two.ts'), `// a new line\n${files['src/two.ts']}`);
    await writeFile(at('src/three.ts'), files['src/three.ts'].replace('const limit = 3', 'const limit = 33'));
    await rm(at('src/four.ts'));
    const { code: exit, stdout } = await verify('--json');
    expect(exit).toBe(1);
    const report = JSON.parse(stdout) as {
      files: [{ citations: { path: string; status: string; recorded: boolean }[] }];
    };
    const [{ citations }] = report.files;
    const status = (path: string) => [
      ...new Set(citations.filter((one) => one.path === path).map((one) => one.status)),
    ];
    expect(citations.every(({ recorded }) => recorded)).toBe(true);
    expect(['src/one.ts', 'src/two.ts', 'src/three.ts', 'src/four.ts', 'src/five.ts'].map(status)).toEqual([
      ['renamed'],
      ['moved'],
      ['edited'],
      ['deleted'],
      ['same'],
    ]);
    const { stdout: text } = await verify();
    expect(text).toMatch(/answer\.md:\d+: \[src\/one\.ts:1-5\] its file was renamed: now src\/uno\.ts:1-5/);
    expect(text).toMatch(/answer\.md: \d+ of \d+ citations changed/);
  });

  it('explains a file that is not there, and one whose record is damaged', async () => {
    expect(await verify()).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be read (ENOENT)') });
    await mkdir(at('notes'));
    await writeFile(at('notes/answer.md'), '[src/one.ts:1]\n<!-- ask-codebase-answer\n{\n-->\n');
    expect(await verify()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cannot be read; save the answer again'),
    });
  });
});
