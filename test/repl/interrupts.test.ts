import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { corpusOf, openRepl, type TestRepl, testPool } from '../support/repl.ts';

let pool: WarmReplPool;
let repl: TestRepl;

beforeAll(async () => {
  pool = await testPool({ memoryCapBytes: 256 * 2 ** 20 });
  repl = await openRepl(pool, { corpus: corpusOf({ 'a.txt': 'still here' }), onCall: async () => 'reply' });
});
afterAll(() => pool.close());

describe('the time limit', () => {
  it.each([
    ['an endless loop', 'while True: pass'],
    ['a catastrophic regular expression', 'import re\nre.match(r"(a+)+$", "a" * 40 + "b")'],
    ['a large power', '7 ** (10 ** 8)'],
    ['a sort with a key', 'sorted(range(3 * 10**6, 0, -1), key=lambda x: (x, str(x)))'],
    ['time.sleep', 'import time\ntime.sleep(100)'],
    ['asyncio.run without an await', 'import asyncio\nasync def spin():\n    while True: pass\nasyncio.run(spin())'],
    ['an await', 'import asyncio\nawait asyncio.sleep(100)'],
  ])('interrupts %s and keeps the variables', async (_name, code) => {
    await repl.run('kept = 41');
    const { status, error, variables } = await repl.run(code, { cellMs: 200 });
    expect([status, error]).toEqual(['interrupted', expect.stringContaining('after 0.2 s of its own work')]);
    expect(variables).toContain('kept');
    expect(await repl.print('kept + 1')).toBe('42\n');
  });

  it.each([
    ['a loop in C', 'sum(range(10**12))'],
    [
      'a loop that swallows the interrupt',
      'while True:\n    try:\n        while True: pass\n    except BaseException: pass',
    ],
    ['an ignored signal', 'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass'],
  ])('ends the interpreter for %s, and the next cell has a fresh one', async (_name, code) => {
    await repl.run('kept = 1\nanswer["content"] = "so far"');
    const { status, error, answer } = await repl.run(code, { cellMs: 100 });
    expect(status).toBe('lost');
    expect(error).toContain('did not react');
    expect(answer.content).toBe('so far');
    expect(await repl.print('"kept" in globals(), files["a.txt"]')).toBe("(False, 'still here')\n");
  });

  it('does not let a late interrupt end the next cell', async () => {
    for (const cellMs of [5, 10, 15, 20, 25]) {
      await repl.run('for i in range(400_000): pass', { cellMs });
      expect(await repl.print('sum(range(100_000))')).toBe('4999950000\n');
    }
  });
});

describe('memory', () => {
  it('runs into MemoryError, and goes on', async () => {
    const { status, error } = await repl.run('hoard = []\nwhile True: hoard.append(bytearray(10**7))');
    expect([status, error]).toEqual(['error', expect.stringContaining('MemoryError')]);
    expect(await repl.print('del hoard\n1 + 1')).toBe('2\n');
  });

  it.each([
    ['inodes', 'import os\nfor i in range(10**6): os.mkdir(f"/tmp/d{i}")'],
    ['file bytes', 'with open("/tmp/big", "wb") as f:\n    while True: f.write(b"x" * 10**6); f.flush()'],
    ['a hole in a file', 'import os\nos.truncate(open("/tmp/hole", "w").name, 10**9)'],
    ['a far seek', 'f = open("/tmp/far", "wb", buffering=0)\nf.seek(10**9)\nf.write(b"x")'],
    ['pipes', 'import os\nwhile True:\n    for fd in os.pipe(): os.close(fd)'],
    ['descriptors', 'import os\nwhile True: os.dup(1)'],
    ['an endless path', 'open("x" * 10**6)'],
    ['link targets', 'import os\nfor i in range(10**6): os.symlink("t" * 16_000, f"/tmp/l{i}")'],
  ])('does not let %s grow without end', async (_name, code) => {
    const mine = await openRepl(pool, {}, 1);
    const { status, error } = await mine.run(code);
    expect([status, error]).toEqual(['error', expect.stringMatching(/OSError: \[Errno (51|33|37)\]/)]);
    expect(await mine.print('1 + 1')).toBe('2\n');
    await mine.repl.close();
  });

  it('bounds what is written to the raw descriptors', async () => {
    const result = await repl.run('import os\nfor i in range(100): os.write(1, b"y" * 100_000)');
    expect(result.status).toBe('ok');
  });
});

describe('a lost interpreter', () => {
  it.each([
    ['os._exit', 'import os\nos._exit(3)'],
    ['os.abort', 'import os\nos.abort()'],
    [
      'a fatal signal',
      'import os, signal\nsignal.signal(signal.SIGTERM, signal.SIG_DFL)\nos.kill(os.getpid(), signal.SIGTERM)',
    ],
  ])('after %s is replaced', async (_name, code) => {
    const result = await repl.run(code);
    expect([result.status, result.error]).toEqual(['lost', expect.stringContaining('variables')]);
    expect(await repl.print('files["a.txt"]')).toBe("'still here'\n");
  });
});

describe('the abort signal', () => {
  it('interrupts a running cell', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const { status, error } = await repl.run('while True: pass', {}, controller.signal);
    expect([status, error]).toEqual(['interrupted', expect.stringContaining('by the host')]);
  });

  it.each(['thread', 'process'] as const)(
    'keeps the variables when it fires as the cell starts (%s)',
    async (sandbox) => {
      const other = await testPool({ sandbox });
      const { run, print } = await openRepl(other);
      await print('kept = 5; answer["content"] = "so far"');
      for (let turns = 0; turns < 5; turns += 1) {
        const controller = new AbortController();
        const result = run('started = 1\nwhile True: pass', {}, controller.signal);
        for (let turn = 0; turn < turns; turn += 1) await nextTurn();
        controller.abort();
        expect(await result).toMatchObject({ status: 'interrupted', answer: { content: 'so far' } });
      }
      expect(await print('kept')).toBe('5\n');
      await other.close();
    },
  );

  it('ends a cell that does not listen', async () => {
    const { status, error } = await repl.run('sum(range(10**12))', {}, AbortSignal.timeout(100));
    expect([status, error]).toEqual(['lost', expect.stringContaining('by the host')]);
  });

  it('starts nothing when it has already fired', async () => {
    const { status } = await repl.run('ran = 1', {}, AbortSignal.abort());
    expect(status).toBe('interrupted');
    expect(await repl.print('"ran" in globals()')).toBe('False\n');
  });
});
