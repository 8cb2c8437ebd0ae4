import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { folderOf, runCli, until } from '../support/cli.ts';
import { startRedis } from '../support/redis.ts';

const code = Array.from({ length: 30 }, (_, n) => `function step${n}(x) {\n  return x + ${n};\n}\n\n`).join('');

let source: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
let redis: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  [source, home, redis] = await Promise.all([folderOf({ 'a.ts': code }), folderOf({}), startRedis()]);
});
afterAll(() => Promise.all([source.remove(), home.remove(), redis.stop()]));

const key = 'sk-this-must-not-be-seen';

const evaluate = (...more: readonly string[]) => [
  ...['eval', 's-niah', 'aggregate', '--sizes', '1k,2k', '--per-size', '2', '--systems', 'retrieval,base,rlm-1'],
  ...['--repeat', '3', '--from', source.folder, '--model', 'oracle:perfect', ...more],
];

const worker = (...more: readonly string[]) => evaluate('--queue', redis.url, '--worker', '--parallel', '2', ...more);

const env = { OPENAI_API_KEY: key };

async function keysOf(out: string): Promise<readonly string[]> {
  const text = await readFile(join(home.folder, out, 'results.jsonl'), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.slice(1).map((line) => (JSON.parse(line) as { readonly key: string }).key);
}

/** All that Redis holds, as text. */
async function held(client: Redis): Promise<string> {
  const keys = await client.keys('*');
  const values = await Promise.all(keys.map((name) => client.dumpBuffer(name)));
  return [...keys, ...values.map((value) => value?.toString('latin1') ?? '')].join('\n');
}

/** Workers name their connections after their queue. */
async function countWorkers(client: Redis): Promise<number> {
  const clients = String(await client.client('LIST'));
  return clients.split('\n').filter((line) => / name=bull:\S/.test(line)).length;
}

test('two workers share a set: each result is there exactly once, whoever is killed meanwhile', async () => {
  const alone = await runCli(home.folder, { args: evaluate('--out', join(home.folder, 'alone')) });
  expect(alone.code, alone.stderr).toBe(0);
  const wanted = (await keysOf('alone')).toSorted();
  const client = new Redis(redis.url);
  const out = join(home.folder, 'shared');
  const collect = evaluate('--queue', redis.url, '--out', out, '--parallel', '6');

  let isUnderWay = false;
  let seen = '';
  const all = Promise.withResolvers<void>();
  // Also when it fails, no worker stays behind.
  onTestFinished(() => {
    isUnderWay = true;
    all.resolve();
  });
  const untilCollected = async (kill: (signal: NodeJS.Signals) => void) => {
    await all.promise;
    kill('SIGTERM');
  };
  const first = runCli(home.folder, { args: worker(), env, meanwhile: untilCollected });
  // Killed when the other has begun: what it was at is given to somebody else.
  const second = runCli(home.folder, {
    args: worker(),
    env,
    meanwhile: async (kill) => {
      await until(() => isUnderWay);
      kill('SIGKILL');
    },
  });
  const killed = await runCli(home.folder, {
    args: collect,
    env,
    meanwhile: async (kill) => {
      while ((await keysOf('shared')).length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
      isUnderWay = true;
      seen = await held(client);
      kill('SIGKILL');
    },
  });
  expect(killed.code).toBeNull();
  await second;
  const third = runCli(home.folder, { args: worker(), env, meanwhile: untilCollected });
  while ((await countWorkers(client)) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const collected = await runCli(home.folder, { args: collect, env }).finally(all.resolve);
  expect(collected.code, collected.stderr).toBe(0);
  expect((await keysOf('shared')).toSorted()).toEqual(wanted);
  expect(collected.stdout).not.toContain('wrong');

  const workers = await Promise.all([first, third]);
  for (const { code: exit, stderr } of workers) {
    expect(exit, stderr).toBe(130);
    // Both had their part.
    expect(Number(/Answered (\d+)/.exec(stderr)?.[1])).toBeGreaterThan(0);
  }
  // Names travel; keys, questions and places do not.
  expect(seen).toContain('ask-codebase-eval-');
  for (const hidden of [key, source.folder, 'release gate']) expect(seen).not.toContain(hidden);
  expect(await readFile(join(out, 'results.jsonl'), 'utf8')).not.toContain(key);
  await client.quit();
}, 180_000);

test('a worker of another evaluation gets none of its tasks', async () => {
  const out = join(home.folder, 'other');
  const other = runCli(home.folder, { args: [...worker('--idle', '4'), '--seed', '2'] });
  const right = runCli(home.folder, { args: worker('--idle', '12') });
  const collected = await runCli(home.folder, { args: evaluate('--queue', redis.url, '--out', out) });
  expect(collected.code, collected.stderr).toBe(0);
  expect((await other).stderr).toContain('Answered 0');
  expect((await right).stderr).not.toContain('Answered 0');
});

test.each([
  [['--queue', 'redis://127.0.0.1:1'], 1, 'the queue cannot be reached'],
  [['--queue', 'http://localhost'], 2, '--queue must be an address'],
  [['--worker'], 2, '--worker needs --queue'],
  [['--idle', '3'], 2, '--idle is for --worker'],
] as const)('%j is refused with a reason', async (more, wanted, reason) => {
  const { code: exit, stderr } = await runCli(home.folder, {
    args: evaluate(...more, '--out', join(home.folder, 'no')),
  });
  expect(stderr).toContain(reason);
  expect(exit).toBe(wanted);
});
