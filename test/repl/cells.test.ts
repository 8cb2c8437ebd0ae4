import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { openRepl, type TestRepl, testPool } from '../support/repl.ts';

let pool: WarmReplPool;
let repl: TestRepl;

beforeAll(async () => {
  pool = await testPool();
  repl = await openRepl(pool);
});
afterAll(() => pool.close());

describe('a cell', () => {
  it('keeps variables across cells and exceptions, and lists them', async () => {
    await repl.run('a = 1\nb = [2]\nraise ValueError("no")');
    const result = await repl.run('import json\nc = a + b[0]\n_hidden = 1');
    expect(result.variables).toEqual(['a', 'b', 'c']);
    expect(await repl.print('c')).toBe('3\n');
  });

  it('echoes its last expression like a REPL, and None not at all', async () => {
    expect(await repl.print('print("x")\n"text"')).toBe("x\n'text'\n");
    expect(await repl.print('None')).toBe('');
    expect(await repl.print('x = 5')).toBe('');
  });

  it('names the line that failed and hides the frames that are ours', async () => {
    const { status, error } = await repl.run('def f():\n    return 1 / 0\n\nf()');
    expect(status).toBe('error');
    expect(error).toMatch(/File "<cell \d+>", line 2, in f\n {4}return 1 \/ 0/);
    expect(error).toContain('ZeroDivisionError: division by zero');
    expect(error).not.toContain('/lib/repl');
  });

  it('shows a syntax error with its line, and runs nothing of the cell', async () => {
    const { status, error } = await repl.run('print("ran")\nif True\n    pass');
    expect(status).toBe('error');
    expect(error).toMatch(/File "<cell \d+>", line 2\n {4}if True\n/);
    expect(error).not.toContain('ast.py');
  });

  it('starts with an answer that is not ready: one that was sent back is not finished again by itself', async () => {
    const other = await openRepl(pool, {}, 1);
    expect((await other.run('FINAL("first")')).answer).toEqual({ content: 'first', ready: true });
    expect((await other.run('x = 1')).answer).toEqual({ content: 'first', ready: false });
    await other.repl.close();
  });

  it('gives data in an answer as JSON', async () => {
    const other = await openRepl(pool, {}, 1);
    expect((await other.run('FINAL({"n": [1, None]})')).answer.content).toBe('{"n": [1, null]}');
    expect((await other.run('answer["content"] = {1, 2}')).answer.content).toBe('{1, 2}');
    await other.repl.close();
  });

  it('shows functions of earlier cells in tracebacks', async () => {
    await repl.run('def later():\n    return {}["key"]');
    expect((await repl.run('later()')).error).toContain('return {}["key"]');
  });

  it('catches stderr, logging and SystemExit', async () => {
    expect(await repl.print('import sys, warnings\nprint("e", file=sys.stderr)')).toBe('e\n');
    const exit = await repl.run('import sys\nsys.exit(3)');
    expect([exit.status, exit.error]).toEqual(['error', expect.stringContaining('SystemExit: 3')]);
  });

  it('keeps head and tail of a long output and counts the rest', async () => {
    const { output } = await repl.run('for i in range(1000): print(f"line {i}")', { outputChars: 100 });
    expect(output.head).toBe('line 0\nline 1\nline 2\nline 3\nline 4\nline 5\nline 6\nl');
    expect(output.tail.endsWith('line 998\nline 999\n')).toBe(true);
    expect(output.tail).toHaveLength(50);
    expect(output.totalLines).toBe(1000);
    expect(output.omittedChars).toBe(output.totalChars - 100);
  });

  it('stays within bounds for one print of 100 MB', async () => {
    const { status, output } = await repl.run('print("x" * 100_000_000)');
    expect(status).toBe('ok');
    expect(output.totalChars).toBe(100_000_001);
    expect(output.head.length + output.tail.length).toBe(4000);
  });

  it('awaits at the top level, also a task made in an earlier cell', async () => {
    await repl.run('import asyncio\nasync def later(x):\n    await asyncio.sleep(0.01)\n    return x\nawait later(0)');
    expect(await repl.print('await asyncio.gather(later(1), later(2))')).toBe('[1, 2]\n');
    await repl.run('await later(0)\ntask = asyncio.get_event_loop().create_task(later(7))');
    expect(await repl.print('await task')).toBe('7\n');
  });

  it('refuses input() with a reason', async () => {
    expect((await repl.run('input("name? ")')).error).toContain('RuntimeError: input() is not available');
  });

  it('sees a synthetic environment and a random state of its own', async () => {
    expect(await repl.print('import os\nsorted(os.environ)')).toBe("['HOME', 'LANG']\n");
    const other = await openRepl(pool, {}, 3);
    const drawn = await Promise.all([repl, other].map((one) => one.print('import random\nrandom.random()')));
    expect(drawn[0]).not.toBe(drawn[1]);
    await other.repl.close();
  });

  it('survives deep recursion', async () => {
    const deep = 'import sys\nsys.setrecursionlimit(10**6)\ndef down(n): return 0 if n == 0 else 1 + down(n - 1)\n';
    expect(await repl.print(`${deep}down(20_000)`)).toBe('20000\n');
    expect((await repl.run('sys.setrecursionlimit(3000)\ndown(10**6)')).error).toContain('RecursionError');
  });
});

describe('answer', () => {
  it('is read from the dict, from a new dict, and from FINAL and FINAL_VAR', async () => {
    const mine = await openRepl(pool, {}, 1);
    expect((await mine.run('answer["content"] = "draft"')).answer).toEqual({ content: 'draft', ready: false });
    expect((await mine.run('answer = {"content": "new", "ready": True}')).answer).toEqual({
      content: 'new',
      ready: true,
    });
    expect((await mine.run('answer = 5')).answer).toEqual({ content: 'new', ready: false });
    expect((await mine.run('FINAL(12)')).answer).toEqual({ content: '12', ready: true });
    expect((await mine.run('text = "from a name"\nFINAL_VAR("text")')).answer.content).toBe('from a name');
    expect((await mine.run('FINAL_VAR(text + "!")')).answer.content).toBe('from a name!');
    await mine.repl.close();
  });

  it('survives an answer that cannot be read or is huge', async () => {
    const mine = await openRepl(pool, {}, 1);
    const odd = 'class Odd:\n    def __str__(self): raise ValueError("no text")\nanswer["content"] = Odd()';
    expect((await mine.run(odd)).answer.content).toContain('no text');
    expect((await mine.run('answer["content"] = "x" * 50_000_000')).answer.content).toHaveLength(1_000_000);
    expect(await mine.print('len(answer["content"])')).toBe('50000000\n');
    await mine.repl.close();
  });

  it('leaves reserved names as they were for the next cell', async () => {
    await repl.run('files = 1; FINAL = 2; llm_query = 3; question = 4');
    expect(await repl.print('type(files).__name__, callable(FINAL), callable(llm_query), question')).toBe(
      "('Files', True, True, 'why?')\n",
    );
  });

  it('lets cells take the names of helpers for variables, and gives them back', async () => {
    const mine = await openRepl(pool, {}, 1);
    expect((await mine.run('log, tree = [], 1')).variables).toEqual(['log', 'tree']);
    expect(await mine.print('log.append(tree)\nlog')).toBe('[1]\n');
    expect((await mine.run('del log, tree')).variables).toEqual([]);
    expect(await mine.print('callable(log), callable(tree)')).toBe('(True, True)\n');
    await mine.repl.close();
  });

  it('lists the variables with types and sizes', async () => {
    const mine = await openRepl(pool, {}, 1);
    expect(await mine.print('names = ["a"] * 3\nn = 1\nSHOW_VARS()')).toBe('n: int\nnames: list, 3 long\n');
    await mine.repl.close();
  });
});

describe('threads and asyncio', () => {
  it('run inline', async () => {
    const threads = `
import threading, concurrent.futures as cf, asyncio, time
got = []
t = threading.Thread(target=got.append, args=(1,)); t.start(); t.join()
with cf.ThreadPoolExecutor(4) as pool:
    got += list(pool.map(lambda x: x * 2, [1, 2]))
    got += sorted(f.result() for f in cf.as_completed([pool.submit(pow, 2, 3), pool.submit(pow, 3, 2)]))
async def add(a, b):
    await asyncio.sleep(0.001)
    return a + await asyncio.to_thread(lambda: b)
async def main(): return await asyncio.gather(add(1, 2), add(3, 4))
got += asyncio.run(main())
got += asyncio.get_event_loop().run_until_complete(main())
got`;
    expect(await repl.print(threads)).toBe('[1, 2, 4, 8, 9, 3, 7, 3, 7]\n');
    expect(await repl.print('async def nested(): return asyncio.run(main())\nawait nested()')).toBe('[3, 7]\n');
  });

  it('hand an error on to the future', async () => {
    const failing =
      'with cf.ThreadPoolExecutor() as pool: f = pool.submit(lambda: 1 / 0)\ntype(f.exception()).__name__';
    expect(await repl.print(`import concurrent.futures as cf\n${failing}`)).toBe("'ZeroDivisionError'\n");
  });
});
