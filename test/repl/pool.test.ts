import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadSources } from '../../src/repl/node/assets.ts';
import type { ReplPoolOptions, WarmReplPool } from '../../src/repl/node/pool.ts';
import type { ReplOptions } from '../../src/repl/repl.ts';
import { corpusOf, openRepl, refuseCalls, testPool } from '../support/repl.ts';
import { replAssets } from '../support/repl-assets.ts';

const pools: WarmReplPool[] = [];
const makePool = async (options: Partial<ReplPoolOptions> = {}) => {
  const pool = await testPool(options);
  pools.push(pool);
  return pool;
};
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

const options: ReplOptions = { corpus: corpusOf({ 'a.txt': 'a' }), question: '', onCall: refuseCalls };

describe('places', () => {
  it('are limited at each depth, and given in order', async () => {
    const pool = await makePool({ perDepth: 1 });
    const first = await openRepl(pool);
    const order: string[] = [];
    const waiting = ['second', 'third'].map(async (name) => {
      const repl = await pool.open(options, 0, new AbortController().signal);
      order.push(name);
      await repl.close();
    });
    const child = await openRepl(pool, {}, 1);
    expect(await child.print('1')).toBe('1\n');
    expect(order).toEqual([]);
    await first.repl.close();
    await Promise.all(waiting);
    expect(order).toEqual(['second', 'third']);
  });

  it('are not taken by who stops waiting', async () => {
    const pool = await makePool({ perDepth: 1 });
    const first = await openRepl(pool);
    await expect(pool.open(options, 0, AbortSignal.timeout(50))).rejects.toThrow(/timeout/);
    await first.repl.close();
    expect(await (await openRepl(pool)).print('2')).toBe('2\n');
  });

  it('are given back by who stops waiting while an interpreter starts', async () => {
    const pool = await makePool({ perDepth: 1 });
    const controller = new AbortController();
    const opening = pool.open(options, 0, controller.signal);
    setTimeout(() => controller.abort(new Error('changed my mind')), 20);
    await expect(opening).rejects.toThrow('changed my mind');
    expect(await (await openRepl(pool)).print('3')).toBe('3\n');
  });

  it('serve 64 short REPLs through 8 of them', async () => {
    const pool = await makePool();
    await pool.warmUp();
    const one = async (n: number) => {
      const repl = await openRepl(pool);
      const printed = await repl.print(`${n} * 2`);
      await repl.repl.close();
      return printed;
    };
    const printed = await Promise.all(Array.from({ length: 64 }, (_, n) => one(n)));
    expect(printed).toEqual(Array.from({ length: 64 }, (_, n) => `${n * 2}\n`));
  });
});

describe('a REPL', () => {
  it('shows nothing of the one before it', async () => {
    const pool = await makePool({ perDepth: 1, warm: 1 });
    const first = await openRepl(pool, { corpus: corpusOf({ 'secret.txt': 'of the first' }) });
    await first.print(
      'import builtins, sys, os\nbuiltins.left = 1\nsys.left = 2\nopen("/tmp/left", "w").write("3")\nos.environ["LEFT"] = "4"',
    );
    await first.repl.close();
    const second = await openRepl(pool);
    const look =
      'import builtins, sys, os\nhasattr(builtins, "left"), hasattr(sys, "left"), os.path.exists("/tmp/left"), os.environ.get("LEFT"), list(files), os.pread(os.open("/dev/corpus", 0), 99, 0)';
    expect(await second.print(look)).toBe("(False, False, False, None, [], b'')\n");
  });

  it('ends its cell when it is closed, and runs no other', async () => {
    const pool = await makePool();
    const { repl, run } = await openRepl(pool);
    const running = run('sum(range(10**12))');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([repl.close(), repl.close()]);
    expect((await running).status).toBe('lost');
    expect(await run('1')).toMatchObject({ status: 'lost', error: 'The interpreter is closed.' });
  });

  it('ends when the pool is closed', async () => {
    const pool = await makePool();
    const { run } = await openRepl(pool);
    const running = run('while True: pass');
    await pool.close();
    expect(['interrupted', 'lost']).toContain((await running).status);
    await expect(pool.open(options, 0, new AbortController().signal)).rejects.toThrow('closed');
  });

  it('runs cells one at a time, in the order in which they came', async () => {
    const pool = await makePool();
    const { run } = await openRepl(pool);
    const results = await Promise.all(['log = []', 'log.append(1)', 'log.append(2)', 'log'].map((code) => run(code)));
    expect(results.at(-1)?.output.head).toBe('[1, 2]\n');
  });
});

describe('the snapshot', () => {
  const inFolder = async (test: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'repl-snapshot-'));
    await test(folder).finally(() => rm(folder, { recursive: true }));
  };
  const works = async (cacheDir: string) => {
    const pool = await makePool({ cacheDir });
    expect(await (await openRepl(pool)).print('6 * 7')).toBe('42\n');
    await pool.close();
  };
  const heapFile = async (folder: string) => {
    const [name] = (await readdir(folder)).filter((file) => file.endsWith('.heap'));
    if (name === undefined) throw new Error('no snapshot was written');
    return join(folder, name);
  };

  it('is stored, used again, and made anew when damaged', () =>
    inFolder(async (folder) => {
      await works(folder);
      const file = await heapFile(folder);
      const good = await readFile(file);
      expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      await works(folder);
      expect((await readFile(file)).equals(good)).toBe(true);
      const damaged = Buffer.from(good);
      damaged.fill(7, 1_000_000, 1_000_100);
      await writeFile(file, damaged);
      await works(folder);
      expect((await readFile(file)).equals(damaged)).toBe(false);
      await writeFile(file, good.subarray(0, 1000));
      await works(folder);
    }));

  it('lives in memory when the folder cannot be written', () =>
    inFolder(async (folder) => {
      const blocked = join(folder, 'a-file');
      await writeFile(blocked, '');
      await works(join(blocked, 'below'));
    }));
});

describe('the assets', () => {
  it('must be the pinned files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'repl-assets-'));
    await cp(await replAssets(), folder, { recursive: true, dereference: true });
    await writeFile(join(folder, 'pyodide', 'pyodide.asm.mjs'), 'export default 1');
    await expect(loadSources(folder)).rejects.toThrow('pyodide.asm.mjs is not the file of the pinned pyodide version');
    await rm(folder, { recursive: true });
  });
});
