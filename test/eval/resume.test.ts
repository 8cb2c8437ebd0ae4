import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOf, runCli, until } from '../support/cli.ts';

const code = Array.from({ length: 30 }, (_, n) => `function step${n}(x) {\n  return x + ${n};\n}\n\n`).join('');

let source: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [source, home] = await Promise.all([
    folderOf({ 'a.ts': code, 'b.ts': code.replaceAll('step', 'turn') }),
    folderOf({}),
  ]);
});
afterAll(() => Promise.all([source.remove(), home.remove()]));

const made = ['s-niah', 'aggregate', '--sizes', '1k,2k', '--per-size', '2', '--systems', 'retrieval,base,rlm-0,rlm-1'];

const argumentsFor = (out: string, ...more: readonly string[]) => [
  ...['eval', ...made, '--from', source.folder, '--out', join(home.folder, out), ...more],
];

async function resultsOf(out: string) {
  const text = await readFile(join(home.folder, out, 'results.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return { text, lines };
}

const keysOf = (lines: readonly string[]) =>
  lines.slice(1).map((line) => (JSON.parse(line) as { readonly key: string }).key);

/** What must be the same whenever it is run. */
const scoresOf = (lines: readonly string[]) =>
  lines
    .slice(1)
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    .map(({ ms: _, ...rest }) => JSON.stringify(rest))
    .sort();

test('killed again and again, an evaluation loses nothing and repeats nothing', async () => {
  const once = await runCli(home.folder, { args: argumentsFor('once', '--model', 'oracle:perfect', '--repeat', '3') });
  expect(once.stderr).toContain('Written:');
  expect(once.code).toBe(0);
  const args = argumentsFor('killed', '--model', 'oracle:perfect', '--repeat', '3', '--parallel', '3');
  let kills = 0;
  for (let more = 20; ; more += 20) {
    const { code: exit } = await runCli(home.folder, {
      args,
      meanwhile: async (kill) => {
        let ended = false;
        const enough = until(() => ended);
        const look = setInterval(async () => {
          ended ||= (await resultsOf('killed')).lines.length > more;
        }, 2);
        // It may end by itself before: then nothing is left to be killed.
        await Promise.race([enough, new Promise((resolve) => setTimeout(resolve, 3000))]);
        ended = true;
        clearInterval(look);
        kill('SIGKILL');
      },
    });
    if (exit === 0) break;
    kills++;
  }
  expect(kills).toBeGreaterThanOrEqual(2);
  const whole = await resultsOf('once');
  const killed = await resultsOf('killed');
  const keys = keysOf(killed.lines);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.toSorted()).toEqual(keysOf(whole.lines).toSorted());
  expect(scoresOf(killed.lines)).toEqual(scoresOf(whole.lines));
  const [report, wholeReport] = await Promise.all(
    ['killed', 'once'].map((out) => readFile(join(home.folder, out, 'report.md'), 'utf8')),
  );
  expect(report?.replace(/[\d.]+ \| +[\d.]+ \|$/gm, '')).toBe(wholeReport?.replace(/[\d.]+ \| +[\d.]+ \|$/gm, ''));
});

test('the offline model over real interpreters, with helpers and without; a report that needs nothing else', async () => {
  const args = argumentsFor('offline', '--model', 'offline', '--systems', 'search,rlm-1,rlm-1-bare', '--sample', '1');
  const { code: exit, stderr } = await runCli(home.folder, { args });
  expect(exit, stderr).toBe(0);
  const { lines } = await resultsOf('offline');
  const results = lines.slice(1).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const needle = (system: string) => results.find((one) => one.kind === 's-niah' && one.system === system);
  expect(needle('rlm-1')).toMatchObject({ outcome: 'answered', retrieval: { r5: 1 }, searched: 1 });
  // The offline model knows no other way than the helpers.
  expect(needle('rlm-1-bare')).toMatchObject({ retrieval: { r5: 0 } });
  const html = await readFile(join(home.folder, 'offline', 'report.html'), 'utf8');
  expect(html).toContain('<svg class="plot"');
  expect(html).not.toMatch(/<script|https?:|url\(|@import/i);
});

test('what failed is answered again only when that is asked for', async () => {
  const args = argumentsFor(
    'failed',
    '--model',
    'ollama:none',
    '--base-url',
    'http://127.0.0.1:9/v1',
    '--systems',
    'base',
  );
  const outcomes = async () => {
    const lines = (await resultsOf('failed')).lines.slice(1);
    return lines.map((line) => (JSON.parse(line) as { readonly outcome: string }).outcome);
  };
  for (const [more, count] of [
    [[], 1],
    [[], 1],
    [['--retry-failed'], 2],
  ] as const) {
    await runCli(home.folder, { args: [...args, '--only', 's-niah:1k:1', ...more] });
    expect(await outcomes()).toEqual(Array(count).fill('failed'));
  }
  expect(await readFile(join(home.folder, 'failed', 'report.md'), 'utf8')).toContain('; 1 results.');
});

test('keys and places are in no result and no report', async () => {
  const key = 'sk-this-must-not-be-seen';
  const args = argumentsFor(
    'keys',
    '--model',
    'openai:gpt-5-mini',
    '--base-url',
    'http://127.0.0.1:9/v1',
    '--systems',
    'base',
    '--sample',
    '1',
  );
  const { stdout, stderr } = await runCli(home.folder, { args, env: { OPENAI_API_KEY: key } });
  const files = ['results.jsonl', 'report.md', 'report.html'].map((name) =>
    readFile(join(home.folder, 'keys', name), 'utf8'),
  );
  const all = [...(await Promise.all(files)), stdout, stderr].join('\n');
  expect(all).toContain('"outcome":"failed"');
  expect(all).not.toContain(key);
  expect((await Promise.all(files)).join('\n')).not.toContain(source.folder);
});

test.each([
  [['nowhere.jsonl', '--model', 'offline'], 'the set'],
  [['s-niah'], 'eval needs --model'],
  [['s-niah', '--model', 'oracle:lucky'], "no oracle 'lucky'"],
  [['s-niah', '--model', 'offline', '--systems', 'rlm-9'], 'rlm-8-bare'],
  [['s-niah', '--model', 'offline', '--sizes', '8x'], 'numbers of tokens'],
  [['s-niah', '--model', 'offline', '--systems', 'base', '--depth', '1'], 'not both'],
  [['s-niah', '--model', 'offline', '--only', 'nothing like it', '--from', '.'], 'no question to ask'],
] as const)('%j is refused with a reason', async (more, reason) => {
  const { code: exit, stderr } = await runCli(home.folder, {
    args: ['eval', ...more, '--out', join(home.folder, 'no')],
  });
  expect(exit).toBe(2);
  expect(stderr).toContain(reason);
});
