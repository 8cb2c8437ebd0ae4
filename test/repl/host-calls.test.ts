import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostCall } from '../../src/repl/host-call.ts';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { HostRefusal, type ReplOptions } from '../../src/repl/repl.ts';
import { corpusOf, openRepl, type TestRepl, testPool } from '../support/repl.ts';

let pool: WarmReplPool;
let repl: TestRepl;
let calls: HostCall[] = [];
let onCall: ReplOptions['onCall'];

const answerWith = (reply: unknown) => {
  calls = [];
  onCall = async (call) => {
    calls.push(call);
    return reply;
  };
};

const corpus = corpusOf({ 'a.py': 'one', 'b.py': 'two', 'docs/c.md': 'three' }, { handed: 'from my parent' });

beforeAll(async () => {
  pool = await testPool();
  repl = await openRepl(pool, { corpus, onCall: (call, signal) => onCall(call, signal) });
});
afterAll(() => pool.close());

describe('llm_query', () => {
  it('sends prompt, model and schema, and returns the reply', async () => {
    answerWith({ n: 3 });
    expect(await repl.print('llm_query("how many?", model="root", schema={"type": "object"})["n"]')).toBe('3\n');
    expect(calls).toEqual([{ op: 'llm_query', prompt: 'how many?', model: 'root', schema: { type: 'object' } }]);
  });

  it('raises what the host refuses, and hides what is a bug', async () => {
    onCall = async () => {
      throw new HostRefusal('no calls are left');
    };
    expect((await repl.run('llm_query("x")')).error).toMatch(/RuntimeError: no calls are left$/);
    onCall = async () => {
      throw new TypeError('oops');
    };
    expect((await repl.run('llm_query("x")')).error).toMatch(/RuntimeError: internal error: oops$/);
  });

  it('refuses a schema with a regular expression, a wrong model, and a list for a prompt', async () => {
    answerWith('never');
    expect((await repl.run('llm_query("x", schema={"type": "string", "pattern": "(a+)+$"})')).error).toContain(
      'schema may not use "pattern"',
    );
    expect((await repl.run('llm_query("x", model="gpt")')).error).toContain('model must be "root" or "sub"');
    expect((await repl.run('llm_query(["x"])')).error).toContain('TypeError: a prompt must be a str');
    expect(calls).toEqual([]);
  });

  it('takes requests and replies of any size up to the cap', async () => {
    onCall = async (call) => (call.op === 'llm_query' ? 'é'.repeat(call.prompt.length) : null);
    expect(await repl.print('reply = llm_query("p" * 30_000_000)\nlen(reply), reply[:2], reply[-1]')).toBe(
      "(30000000, 'éé', 'é')\n",
    );
    expect((await repl.run('llm_query("p" * 70_000_000)')).error).toContain('ValueError: the request has 70,');
  });

  it('works in every construct, and keeps odd characters', async () => {
    onCall = async (call) => (call.op === 'llm_query' ? call.prompt : null);
    expect(await repl.print('sorted(["b", "a"], key=llm_query), [llm_query(x) for x in "é\\n\\0😀"]')).toBe(
      "(['a', 'b'], ['é', '\\n', '\\x00', '😀'])\n",
    );
    expect(await repl.print('llm_query("\\ud800")')).toBe("'?'\n");
  });
});

describe('batches', () => {
  it('turn failed items into values that are strings', async () => {
    answerWith([{ ok: 'fine' }, { error: 'too long' }]);
    const code =
      'a, b = llm_query_batched(["p", "q"])\nprint(a, b)\nisinstance(b, CallError), isinstance(a, CallError), b.error, "".join([a, b])';
    expect(await repl.print(code)).toBe("fine [error] too long\n(True, False, 'too long', 'fine[error] too long')\n");
    expect(calls).toEqual([{ op: 'llm_batch', prompts: ['p', 'q'] }]);
  });

  it('ask nothing of the host when empty', async () => {
    answerWith('never');
    expect(await repl.print('llm_batch([]), rlm_batch([])')).toBe('([], [])\n');
    expect(calls).toEqual([]);
  });

  it('take tasks in three forms', async () => {
    answerWith([{ ok: '1' }, { ok: '2' }, { ok: '3' }]);
    await repl.print('rlm_batch(["one", ("two", "*.py"), {"task": "three", "files": {"x": "y"}}])');
    const children = [
      { task: 'one', paths: null, texts: {} },
      { task: 'two', paths: ['a.py', 'b.py'], texts: {} },
      { task: 'three', paths: [], texts: { x: 'y' } },
    ];
    expect(calls).toEqual([
      {
        op: 'rlm_batch',
        children: [
          { ...children[0], paths: ['a.py', 'b.py', 'docs/c.md'], texts: { handed: 'from my parent' } },
          ...children.slice(1),
        ],
      },
    ]);
  });
});

describe("rlm_query's files", () => {
  const cases: [string, unknown, unknown][] = [
    ['["b.py", "a.py"]', ['b.py', 'a.py'], {}],
    ['{"b.py"}', ['b.py'], {}],
    ['"**/*.md"', ['docs/c.md'], {}],
    ['"some text to read"', [], { context: 'some text to read' }],
    ['{"a.py": files["a.py"], "b.py": "changed", "new": "n"}', ['a.py'], { 'b.py': 'changed', new: 'n' }],
    ['{p: t for p, t in files.items() if p.endswith(".py")}', ['a.py', 'b.py'], {}],
    ['"where is a[n-1] set?"', [], { context: 'where is a[n-1] set?' }],
    ['"/" + "*" * 80 + "/\\nint f;"', [], { context: `/${'*'.repeat(80)}/\nint f;` }],
    ['"/" + "*" * 80 + "/ int f;"', [], { context: `/${'*'.repeat(80)}/ int f;` }],
    ['["handed"]', [], { handed: 'from my parent' }],
  ];
  it.each(cases)('%s', async (argument, paths, texts) => {
    answerWith('done');
    expect(await repl.print(`rlm_query("t", ${argument})`)).toBe("'done'\n");
    expect(calls).toEqual([{ op: 'rlm_query', child: { task: 't', paths, texts } }]);
  });

  it('is all of an untouched corpus as null', async () => {
    const plain = await openRepl(
      pool,
      { corpus: corpusOf({ 'a.py': 'one' }), onCall: (call, signal) => onCall(call, signal) },
      1,
    );
    answerWith('done');
    await plain.print('rlm_query("t")\nrlm_query("t", files)\nfiles["made"] = "m"\nrlm_query("t")');
    const child = { task: 't', paths: null, texts: {} };
    const grown = { task: 't', paths: ['a.py'], texts: { made: 'm' } };
    expect(calls).toEqual([child, child, grown].map((one) => ({ op: 'rlm_query', child: one })));
    await plain.repl.close();
  });

  it('names close paths for unknown ones', async () => {
    expect((await repl.run('rlm_query("t", ["c.md"])')).error).toContain("Close: 'docs/c.md'");
  });
});

describe('waiting for the host', () => {
  it("does not count as the cell's own time", async () => {
    onCall = () => new Promise((resolve) => setTimeout(resolve, 700, 'slow'));
    const result = await repl.run('llm_query("x")', { cellMs: 300 });
    expect(result.status).toBe('ok');
    expect(result.waitMs).toBeGreaterThan(650);
    expect(result.ms).toBeLessThan(300);
  });

  it('ends with the abort signal, which the pending call hears', async () => {
    let heard = false;
    onCall = (_call, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          heard = true;
          reject(signal.reason);
        });
      });
    const result = await repl.run('kept = 5\nllm_query("x")', {}, AbortSignal.timeout(100));
    expect([result.status, heard, result.variables]).toEqual(['interrupted', true, expect.arrayContaining(['kept'])]);
    answerWith('next');
    expect(await repl.print('llm_query("y")')).toBe("'next'\n");
  });
});

describe('frames that no helper of ours sends', () => {
  it.each([
    ['nothing', 'b""'],
    ['an unknown tag', 'b"Zzz"'],
  ])('%s is an error', async (_name, bytes) => {
    answerWith('never');
    const code = `import os\nfd = os.open("/dev/host", os.O_RDWR)\nn = os.write(fd, ${bytes})\nos.read(fd, 100)`;
    const { status, error, output } = await repl.run(code);
    expect(status === 'error' ? error : output.head).toMatch(/OSError|b''/);
    expect(calls).toEqual([]);
  });

  it.each(['null', '[]', '5', '{"op": 3}', '{', '{"op":"llm_query","prompt":null}', '{"__proto__": {"op": "budget"}}'])(
    'the call %s is refused',
    async (json) => {
      answerWith('never');
      const code = `import os\nfd = os.open("/dev/host", os.O_RDWR)\nn = os.write(fd, b"C" + ${JSON.stringify(json)}.encode())\nos.read(fd, 1000)[0]`;
      expect(await repl.print(code)).toBe('1\n');
      expect(calls).toEqual([]);
    },
  );

  it('a request of millions of values is refused', async () => {
    const code = 'os.write(fd, b"C[" + b"[]," * 10_000_000 + b"0]")\nos.read(fd, 1000)';
    expect(await repl.print(`import os\nfd = os.open("/dev/host", os.O_RDWR)\n${code}`)).toContain(
      'limited to 1000000 values',
    );
  });

  it('a forged report cannot be of another shape', async () => {
    const mine = await openRepl(pool, {}, 1);
    const forged = '{"ended":"ok","output":{"head":7,"tail":null},"answer":[],"variables":{"a":1},"error":9}';
    const result = await mine.run(
      `import os\nfd = os.open("/dev/host", os.O_RDWR)\nos.write(fd, b'D${forged}')\nos.close(3)\nos._exit`,
    );
    expect(['ok', 'error', 'lost']).toContain(result.status);
    expect([typeof result.output.head, typeof result.answer.content, Array.isArray(result.variables)]).toEqual([
      'string',
      'string',
      true,
    ]);
    await mine.repl.close();
  });
});
