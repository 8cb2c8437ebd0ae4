import { cp, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReplPool, type WarmReplPool } from '../../src/repl/node/pool.ts';
import { readFromWall } from '../../src/repl/node/wall/wall-wire.ts';
import { corpusOf, openRepl, refuseCalls, testPool } from '../support/repl.ts';
import { bundleScript, cacheDir, replAssets } from '../support/repl-assets.ts';

let pool: WarmReplPool;
afterEach(() => pool.close());

const walled = async () => {
  pool = await testPool({ sandbox: 'process' });
  return pool;
};

/** The processes that this one has started and that run the wall. */
async function wallPids(): Promise<readonly number[]> {
  const mine = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  const pids = mine.trim().split(' ').filter(Boolean).map(Number);
  const isWall = async (pid: number) =>
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('repl-wall');
  const marked = await Promise.all(pids.map(async (pid) => ({ pid, wall: await isWall(pid) })));
  return marked.filter(({ wall }) => wall).map(({ pid }) => pid);
}

describe('a REPL behind the second wall', () => {
  it('reads the files, keeps variables, and asks the host', async () => {
    const corpus = corpusOf({ 'a.py': 'x = 1\n', 'big.txt': 'line\n'.repeat(2_000_000) });
    const onCall = async (call: { readonly op: string }) => [{ ok: `${call.op}: ${'y'.repeat(3_000_000)}` }];
    const { repl, run, print } = await openRepl(await walled(), { corpus, onCall });
    expect(await print('n = len(files["big.txt"]); print(n, files["a.py"])')).toBe('10000000 x = 1\n\n');
    expect(await print('r = llm_batch(["q"])[0]; print(n, len(r), r[:12])')).toBe('10000000 3000011 llm_batch: y\n');
    expect((await run('1/0')).status).toBe('error');
    await repl.refresh(corpusOf({ 'a.py': 'x = 2\n' }), 'and now?');
    expect(await print('print(n, files["a.py"])')).toBe('10000000 x = 2\n\n');
  });

  it('is interrupted, and ended when it does not hear that', async () => {
    const { run, print } = await openRepl(await walled());
    await print('n = 5');
    expect((await run('while True: pass', { cellMs: 300 })).status).toBe('interrupted');
    expect(await print('print(n)')).toBe('5\n');
    const deaf = 'while True:\n  try:\n    while True: pass\n  except BaseException: pass';
    expect((await run(deaf, { cellMs: 300 })).status).toBe('lost');
    expect(await print('print("n" in globals())')).toBe('False\n');
  });

  it('goes on in a new process when its own is killed, and leaves none behind', async () => {
    const { run, print } = await openRepl(await walled());
    await print('n = 5');
    const [pid = 0] = await wallPids();
    setTimeout(() => process.kill(pid, 'SIGKILL'), 200);
    const lost = await run('while True: pass');
    expect(lost.status).toBe('lost');
    expect(lost.error).toContain('its process ended by SIGKILL');
    expect(await print('print("n" in globals())')).toBe('False\n');
    const pids = await wallPids();
    expect(pids).toHaveLength(1);
    await pool.close();
    expect(await wallPids()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves %s, which a terminal sends to its whole group, to the host',
    async (signal) => {
      const { run, print } = await openRepl(await walled());
      await print('n = 5');
      const [pid = 0] = await wallPids();
      process.kill(pid, signal);
      expect(await print('print(n)')).toBe('5\n');
      setTimeout(() => process.kill(pid, signal), 100);
      expect((await run('import time; time.sleep(0.3); sum(range(10**6)); print(n)')).output.head).toBe('5\n');
    },
  );

  it('gives to an interpreter that has broken out no file, program, thread, addon or variable', async () => {
    const assetsDir = await mkdtemp(join(await realpath(tmpdir()), 'wall-'));
    await cp(await replAssets(), assetsDir, { recursive: true, dereference: true });
    pool = createReplPool({ assetsDir, cacheDir, sandbox: 'process', warm: 0 });
    await pool.warmUp();
    await cp(await bundleScript('test/repl/broken-out.ts'), join(assetsDir, 'repl-wall.js'));
    vi.stubEnv('API_KEY', 'a secret');
    const options = { corpus: corpusOf({}), question: '', onCall: refuseCalls };
    await expect(pool.open(options, 0, new AbortController().signal)).rejects.toThrow(
      /^got: its own folder \(the control\): true$/,
    );
    expect(await readdir(assetsDir)).not.toContain('written');
    await rm(assetsDir, { recursive: true });
  });

  it('says that it needs a cache folder which can be written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wall-'));
    await writeFile(join(folder, 'file'), '');
    pool = await testPool({ sandbox: 'process', cacheDir: join(folder, 'file', 'cache') });
    await expect(openRepl(pool)).rejects.toThrow(/cache folder .* cannot be written.*sandbox "thread"/);
    await rm(folder, { recursive: true });
  });

  it('says which of the assets is not there', async () => {
    const assetsDir = await mkdtemp(join(tmpdir(), 'wall-'));
    await cp(await replAssets(), assetsDir, { recursive: true, dereference: true });
    await rm(join(assetsDir, 'pyodide', 'pyodide.asm.mjs'));
    pool = createReplPool({ assetsDir, cacheDir, sandbox: 'process', warm: 0 });
    const options = { corpus: corpusOf({}), question: '', onCall: refuseCalls };
    await expect(pool.open(options, 0, new AbortController().signal)).rejects.toThrow(/ENOENT.*pyodide\.asm\.mjs/);
  });
});

describe('what a walled process says', () => {
  it.each([
    null,
    'up',
    { kind: 'made', heap: [1] },
    { kind: 'call', id: '1' },
    { kind: 'done', ms: 'long', waitMs: 0 },
    { kind: 'else' },
  ])('counts for nothing when it is no message of ours: %j', async (value) => {
    await walled();
    expect(readFromWall({ head: value, body: new Uint8Array(0) })).toBeUndefined();
  });

  it.each([
    ['a request of millions of values', { kind: 'call', id: 1 }, `[${'[],'.repeat(1_500_000)}0]`],
    ['a request that is too long', { kind: 'call', id: 1 }, 'x'.repeat(65 * 2 ** 20)],
    ['a report that is too long', { kind: 'done', ms: 1, waitMs: 0 }, 'x'.repeat(17 * 2 ** 20)],
  ])('is held to the limits of an interpreter that has not broken out: %s', async (_name, head, body) => {
    await walled();
    const isTaken = (text: string) => readFromWall({ head, body: new TextEncoder().encode(text) }) !== undefined;
    expect([isTaken('{}'), isTaken(body)]).toEqual([true, false]);
  });
});
