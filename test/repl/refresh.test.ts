import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import { corpusOf, openRepl, testPool } from '../support/repl.ts';

let pool: WarmReplPool;
beforeAll(async () => {
  pool = await testPool();
});
afterAll(() => pool.close());

const open = (files: Readonly<Record<string, string>>) => openRepl(pool, { corpus: corpusOf(files) });

describe('a REPL that goes on with another question', () => {
  it('keeps variables, and files, question and answer are new', async () => {
    const { repl, print } = await open({ 'a.ts': 'old text', 'gone.ts': 'x' });
    await print('hits = grep("old"); mine = files["a.ts"]; files["made.txt"] = "made"; files["a.ts"] = "spoilt"');
    await print('answer["content"] = "first"; answer["ready"] = True');
    await repl.refresh(corpusOf({ 'a.ts': 'new text, longer', 'b.ts': 'added' }), 'and now?');
    expect(await print('print(mine, len(hits), files["a.ts"], sorted(files), files["made.txt"], question)')).toBe(
      "old text 1 new text, longer ['a.ts', 'b.ts', 'made.txt'] made and now?\n",
    );
    expect(await print('print(answer, len(grep("new text")), read("b.ts"))')).toBe(
      "{'content': '', 'ready': False} 1 1  added\n",
    );
    await repl.close();
  });

  it('finds files where there were none', async () => {
    const { repl, print } = await open({});
    await print('x = 1');
    await repl.refresh(corpusOf({ 'a.ts': 'text' }), 'q');
    expect(await print('print(x, files["a.ts"])')).toBe('1 text\n');
    await repl.close();
  });

  it('says so when there is no interpreter any more', async () => {
    const { repl, run } = await open({ 'a.ts': 'text' });
    await run('import os; os._exit(1)');
    await expect(repl.refresh(corpusOf({}), 'q')).rejects.toThrow('gone');
    await repl.close();
    await expect(repl.refresh(corpusOf({}), 'q')).rejects.toThrow('gone');
  });

  it('ends an interpreter whose cells broke what our Python uses', async () => {
    const { repl, print } = await open({ 'a.ts': 'text' });
    await print('import json\ndef loads(*a, **k): raise SystemExit\njson.loads = loads').catch(() => '');
    await expect(repl.refresh(corpusOf({}), 'q')).rejects.toThrow();
    await repl.close();
  });
});
