import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { folderOf, runCli } from '../support/cli.ts';
import { expectGolden } from '../support/golden.ts';

const workspace = {
  'README.md': '# Buckets\n\nA bucket holds tokens; see src/bucket.ts.\n',
  'src/bucket.ts':
    '/** Holds tokens until somebody takes them. */\nexport class Bucket {\n  tokens = 0;\n\n  /** Adds tokens, but no more than fit. */\n  fill(n: number) {\n    if (n < 0) throw new RangeError("negative");\n    this.tokens = clamp(this.tokens + n);\n  }\n}\n\nfunction clamp(n: number): number {\n  return Math.min(n, 100);\n}\n',
  'src/client.ts':
    "import { Bucket } from './bucket.ts';\n\nexport const bucket = new Bucket();\nbucket.fill(3);\n// bucket.fill(4) would be too much\n",
  'test/bucket.test.ts': "import { bucket } from '../src/client.ts';\nbucket.fill(1);\nconst s = 'fill(2)';\n",
};

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [folder, home] = await Promise.all([folderOf(workspace), folderOf({})]);
});
afterAll(async () => {
  await Promise.all([folder.remove(), home.remove()]);
});

const questions = [
  ['offline-explain', 'How is a bucket filled with tokens?'],
  ['offline-list', 'How many call sites does `fill` have?'],
  ['offline-none', 'List every call of drainAll'],
] as const;
const places = [
  ['in memory', []],
  ['out of core', ['--max-memory-mb', '0']],
  ['behind the second wall', ['--sandbox', 'process']],
  ['out of core, behind the second wall', ['--max-memory-mb', '0', '--sandbox', 'process']],
] as const;

test.each(
  questions.flatMap(([key, question]) => places.map(([place, options]) => ({ key, question, place, options }))),
)('$key: a whole run without a language model, its text $place', async ({ key, question, options }) => {
  const log = join(home.folder, `${key}.jsonl`);
  const args = ['ask', question, '--dir', folder.folder, '--json', '--events', log, ...options];
  const { code, stdout } = await runCli(home.folder, { args });
  const { events } = await readRunLog(log);
  expectGolden(key, describeRun(events).replaceAll(folder.folder, '<folder>'));
  expect(code).toBe(0);
  const { citations } = JSON.parse(stdout) as { readonly citations: readonly { readonly status: string }[] };
  // What is not there cannot be cited.
  expect(citations.length > 0).toBe(key !== 'offline-none');
  expect(citations.every(({ status }) => status === 'verified')).toBe(true);
});

test('copies of the best files are cited as such', async () => {
  const steps = Array.from({ length: 30 }, (_, n) => `    wait_${n} = backoff(${n})\n`).join('');
  const body = `def retry_later(task):\n    """Waits longer each time."""\n${steps}`;
  const talk = (n: number) =>
    `# How to retry a task later, part ${n}: retry, retry, and later retry the task again.\nx = ${n}\n`;
  const talks = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`src/talk_${n}.py`, talk(n)]));
  const tree = { 'src/one/retry.py': body, 'src/two/retry.py': body, ...talks };
  const copies = await folderOf(tree);
  const args = ['ask', 'What does retry_later(task) do to retry a task later?', '--dir', copies.folder, '--json'];
  const { stdout } = await runCli(home.folder, { args });
  await copies.remove();
  const { answer, citations } = JSON.parse(stdout) as { answer: string; citations: readonly { path: string }[] };
  expect(answer).toContain('`src/two/retry.py`, a copy of `src/one/retry.py`');
  // Both definitions are shown: there is nothing to add.
  expect(answer).not.toContain('is defined in about');
  const cited = [...new Set(citations.map(({ path }) => path))];
  expect(cited).toEqual(expect.arrayContaining(['src/one/retry.py', 'src/two/retry.py']));
});

test.each(['What does f(x) do with the bucket?', 'How is `n` used in a bucket?'])(
  'a name of one letter does not end the search: %s',
  async (question) => {
    const args = ['ask', question, '--dir', folder.folder, '--json'];
    const { answer } = JSON.parse((await runCli(home.folder, { args })).stdout) as { answer: string };
    expect(answer).toContain('[src/bucket.ts:');
  },
);

test.each([
  ['How many lines contain "ERROR:"?', 'There is **1** line with “ERROR:” in 1 file.'],
  ['How many lines contain "HTTP/1.1"?', 'There is **1** line with “HTTP/1.1” in 1 file.'],
  ['How many lines contain "GET("?', 'There is **1** line with “GET(” in 1 file.'],
  ['list all todos', 'There is **1** line with “TODO” in 1 file.'],
])('texts are counted as they are written: %s', async (question, told) => {
  const code = '// ERROR: no HTTP/1.1\nGET();\n// HTTP/1x1\n// TODO\n// METHODTODO\n';
  const lines = await folderOf({ 'a.js': code });
  const { stdout } = await runCli(home.folder, { args: ['ask', question, '--dir', lines.folder, '--json'] });
  await lines.remove();
  expect((JSON.parse(stdout) as { answer: string }).answer).toContain(told);
});

test.each([
  ['List all classes in src/bucket.ts.', 'There is **1** class in 1 file.'],
  ['How many classes are there in ./src?', 'There is **1** class in 1 file.'],
  ['List all classes in src/buckets.ts', 'without a language model'],
])('definitions of a place are counted there, or said of no place that is not: %s', async (question, told) => {
  const args = ['ask', question, '--dir', folder.folder, '--json'];
  const { answer } = JSON.parse((await runCli(home.folder, { args })).stdout) as { answer: string };
  expect(answer).toContain(told);
  expect(answer).not.toContain('There is no');
});

test('files that are not told by their ending are looked for, not said to be none', async () => {
  const answerTo = async (question: string) => {
    const { stdout } = await runCli(home.folder, { args: ['ask', question, '--dir', folder.folder, '--json'] });
    return (JSON.parse(stdout) as { answer: string }).answer;
  };
  expect(await answerTo('List all test files')).toContain('`test/bucket.test.ts`');
  expect(await answerTo('List all test files')).not.toContain('There is no');
  expect(await answerTo('How many source files are there?')).toContain('There are **4** files');
  expect(await answerTo('How many Go files are there?')).toContain('There is no go file');
});

test.each([
  ['os.path', ['a.py:1-1', 'a.py:2-2']],
  ['path', ['a.py:1-1', 'a.py:2-2', 'b.ts:1-1']],
  ['$lib', ['b.ts:2-2']],
  ['models.user', ['a.py:3-3']],
  ['crate::a::c', ['c.rs:1-1']],
  ['a.b', ['c.rs:1-1']],
])('importers of %s are those of the whole name', async (name, places) => {
  const imports = await folderOf({
    'a.py': 'import os.path\nfrom os import path\nfrom app.models.user import User\n',
    'b.ts': "import path from 'path';\nimport { db } from '$lib/db';\nimport { user } from './user';\n",
    'c.rs': 'use crate::a::{b, c};\n',
  });
  const args = ['ask', `Which files import ${name}?`, '--dir', imports.folder, '--json'];
  const { answer } = JSON.parse((await runCli(home.folder, { args })).stdout) as { answer: string };
  await imports.remove();
  expect(answer.match(/(?<=\[)[^\]]+(?=\])/g)).toEqual(places);
});

test('an answer about a name that many files define says how many it shows, and how to get them all', async () => {
  const fruits = 'apple pear plum fig lime kiwi date grape mango peach melon lemon papaya quince'.split(' ');
  const tree = fruits.map((fruit) => [
    `src/${fruit}.py`,
    `class ${fruit}:\n    def common(self):\n        return wash_${fruit}(self, "${fruit}")\n`,
  ]);
  const many = await folderOf(Object.fromEntries(tree));
  const answerTo = async (question: string) => {
    const { stdout } = await runCli(home.folder, { args: ['ask', question, '--dir', many.folder, '--json'] });
    return (JSON.parse(stdout) as { answer: string }).answer;
  };
  const told = await answerTo('What is the purpose of common()?');
  expect(told).toContain('`common` is defined in about 14 files; this answer shows 10 of them.');
  const wish = /“(List [^”]+)”/.exec(told)?.[1] ?? '';
  expect(await answerTo(wish)).toContain('There are **14** definitions of `common` in 14 files.');
  await many.remove();
});
