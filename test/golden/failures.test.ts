import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOf, runCli } from '../support/cli.ts';
import type { Turn } from '../support/script.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;

beforeAll(async () => {
  [folder, home] = await Promise.all([folderOf({ 'a.txt': 'one\ntwo\n' }), folderOf({})]);
});
afterAll(() => Promise.all([folder.remove(), home.remove()]));

async function ask(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await runCli(home.folder, { args: ['ask', 'What is one?', '--json', ...args], env });
  return { code, report: stdout === '' ? undefined : (JSON.parse(stdout) as Record<string, unknown>), stderr };
}

describe('folders', () => {
  test('missing: exit 1, one object, the path named', async () => {
    const { code, report } = await ask(['--dir', join(folder.folder, 'nowhere')]);
    expect(code).toBe(1);
    expect(report).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('nowhere') });
  });

  test('a file instead of a folder', async () => {
    const { code, report } = await ask(['--dir', join(folder.folder, 'a.txt')]);
    expect(code).toBe(1);
    expect(report).toMatchObject({ reason: expect.stringContaining('a.txt') });
  });

  test('empty, and without readable text', async () => {
    const empty = await folderOf({});
    const binary = await folderOf({ 'a.bin': new Uint8Array([0, 1, 2, 0, 255]), '.env': 'KEY=1' });
    const of = (dir: string) => ask(['--dir', dir]);
    expect(await of(empty.folder)).toMatchObject({
      code: 1,
      report: { reason: expect.stringContaining('The folder is empty') },
    });
    const { code, report } = await of(binary.folder);
    expect(code).toBe(1);
    expect(report).toMatchObject({
      reason: expect.stringContaining('no readable text'),
      coverage: {
        filesTotal: 2,
        filesLoaded: 0,
        leftOut: [
          { path: '.env', reason: 'secret' },
          { path: 'a.bin', reason: 'binary' },
        ],
      },
    });
    await Promise.all([empty.remove(), binary.remove()]);
  });

  test('one file of 2 GB beside a small one: left out with its size, the rest is answered', async () => {
    const { folder: dir, remove } = await folderOf({
      'one.md': '# One\nOne is the first number, and what is asked for.\n',
    });
    const big = await open(join(dir, 'huge.txt'), 'w');
    await big.truncate(2 * 1024 ** 3);
    await big.close();
    const { code, report } = await ask(['--dir', dir]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      coverage: { filesLoaded: 1, leftOut: [{ path: 'huge.txt', reason: 'too-large' }] },
    });
    await remove();
  });

  test('100,000 files: answered, all of them loaded', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, i) => [`d${i % 100}/f${i}.txt`, i === 4711 ? 'one is here\n' : `${i}\n`]),
    );
    const { folder: dir, remove } = await folderOf(files);
    const { code, report } = await ask(['--dir', dir]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      coverage: { filesTotal: 100_000, filesLoaded: 100_000 },
      citations: [{ path: 'd11/f4711.txt', status: 'verified' }],
    });
    await remove();
  }, 120_000);
});

describe('usage errors: exit 2 and one line that says what to do', () => {
  test.each([
    ['an unknown provider', ['--model', 'psychic:large'], 'psychic'],
    ['a model without a key', ['--model', 'openai:gpt-5'], 'OPENAI_API_KEY'],
    ['a bad number', ['--max-calls', 'many'], '--max-calls'],
    ['an unknown option', ['--modle', 'x'], '--modle'],
  ])('%s', async (_, args, mention) => {
    const { code, stderr, report } = await ask(['--dir', folder.folder, ...args]);
    expect(code).toBe(2);
    expect(`${stderr}${JSON.stringify(report ?? '')}`).toContain(mention);
  });
});

describe('model servers', () => {
  const key = 'sk-test-planted-key-0123456789abcdef';

  async function askServer(turn: Turn | string, args: readonly string[] = []) {
    const server = await startScriptedServer({ script: { default: [turn] } });
    const result = await ask(
      ['--dir', folder.folder, '--model', 'openai:scripted', '--base-url', server.url, ...args],
      { OPENAI_API_KEY: key },
    );
    await server.close();
    expect(JSON.stringify(result)).not.toContain(key);
    return { ...result, calls: server.requests.length };
  }

  test.each<[string, Turn, string]>([
    ['a wrong key', { status: 401, body: { error: { message: `Incorrect API key: ${key}` } } }, 'OPENAI_API_KEY'],
    ['an unknown model', { status: 404, body: { error: { message: 'no such model' } } }, 'scripted'],
    ['HTML instead of JSON', { html: '<html><body>Log in</body></html>' }, 'html'],
    ['a stream cut in the middle', { text: 'A longer reply that never ends', cutAfterChars: 10 }, 'cut'],
  ])('%s: exit 1 and what to do', async (_, turn, mention) => {
    const { code, report } = await askServer(turn);
    expect(code).toBe(1);
    expect(report).toMatchObject({ outcome: 'failed' });
    expect(String(report?.reason).toLowerCase()).toContain(mention.toLowerCase());
  });

  test('a server that is down: exit 1 after its retries, the address named', async () => {
    const gone = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => gone.once('listening', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const { code, report } = await ask([
      '--dir',
      folder.folder,
      '--model',
      'openai:x',
      '--base-url',
      `http://127.0.0.1:${port}/v1`,
    ]);
    expect(code).toBe(1);
    expect(report).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(`127.0.0.1:${port}`) });
  });

  test('a model that never writes code: its prose is the answer, unverified and said so', async () => {
    const { code, report, calls } = await askServer('One is simply one, believe me.');
    expect(code).toBe(0);
    expect(report).toMatchObject({ outcome: 'answered', answer: 'One is simply one, believe me.', citations: [] });
    expect(calls).toBeLessThanOrEqual(4);
  });

  test('a model that writes only broken Python: exhausted, with what there is', async () => {
    const { code, report } = await askServer('```repl\nif if if\n```');
    expect(code).toBe(3);
    expect(report).toMatchObject({ outcome: 'exhausted', reason: expect.stringContaining('turn') });
    expect(report?.answer).not.toBe('');
  });

  test('a model that cites what does not exist: answered, every badge unverified', async () => {
    const { code, report } = await askServer('```repl\nFINAL("See [b.txt:1] and [a.txt:7-9].")\n```');
    expect(code).toBe(0);
    expect(report).toMatchObject({ citations: [{ status: 'unverified' }, { status: 'unverified' }] });
  });
});
