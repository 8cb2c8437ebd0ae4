import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFiles, decodeHashes, encodeHashes } from '../../src/conversation/file-changes.ts';
import { cellsToReplay, type PastCell } from '../../src/conversation/past-cells.ts';
import { replayCalls } from '../../src/conversation/replay-calls.ts';
import { HostRefusal } from '../../src/repl/repl.ts';
import { memorySnapshot } from '../support/workspace.ts';

const past = (change: Partial<PastCell> = {}): PastCell => ({
  ...{ runId: 'r', question: 'q', cell: 1, code: 'x', status: 'ok', ms: 1, calls: [] },
  ...change,
});
const never = new AbortController().signal;
const live = async () => 'looked up';
const snapshot = await memorySnapshot({ 'a.ts': 'one\n' });
const llm = (task: string, text: string, ok = true) => ({ role: 'llm', task, text, ok }) as const;

describe('a cell that runs again', () => {
  const calls = [{ op: 'llm_batch', count: 2, replies: [llm('p1', 'one'), llm('p2', 'no key', false)] }];

  it('gets the replies of then by their task, failures too', async () => {
    const onCall = replayCalls(past({ calls }), live, snapshot);
    const items = await onCall({ op: 'llm_batch', prompts: ['p2', 'p1'] }, never);
    expect(items).toEqual([{ error: 'no key' }, { ok: 'one' }]);
  });

  it('gets them by their place when a file has changed the task', async () => {
    const onCall = replayCalls(past({ calls }), live, snapshot);
    const items = await onCall({ op: 'llm_batch', prompts: ['p1 longer', 'p2 longer'] }, never);
    expect(items).toEqual([{ ok: 'one' }, { error: 'no key' }]);
  });

  it('is refused what nobody had asked, and never asks', async () => {
    const onCall = replayCalls(past(), live, snapshot);
    await expect(onCall({ op: 'llm_query', prompt: 'p' }, never)).rejects.toThrow(HostRefusal);
    await expect(onCall({ op: 'budget' }, never)).resolves.toBe('looked up');
  });

  it('skips a call that was refused then', async () => {
    const onCall = replayCalls(
      past({ calls: [{ op: 'llm_query', count: 1, replies: [llm('p', 'yes')] }] }),
      live,
      snapshot,
    );
    const refused = await onCall({ op: 'llm_batch', prompts: ['a', 'b'] }, never);
    expect(refused).toEqual([
      { error: expect.stringContaining('not answered') },
      { error: expect.stringContaining('not answered') },
    ]);
    await expect(onCall({ op: 'llm_query', prompt: 'p' }, never)).resolves.toBe('yes');
  });

  it('gets values that a schema had parsed, and what a child had answered', async () => {
    const replies = [llm('p', '{"n": 1}')];
    const query = { op: 'llm_query', count: 1, replies };
    const child = {
      op: 'rlm_query',
      count: 1,
      replies: [{ role: 'rlm', task: 't', text: 'see [a.ts:1]', ok: true } as const],
    };
    const onCall = replayCalls(past({ calls: [query, child] }), live, snapshot);
    await expect(onCall({ op: 'llm_query', prompt: 'p', schema: { type: 'object' } }, never)).resolves.toEqual({
      n: 1,
    });
    const task = { task: 't', paths: null, texts: {} };
    await expect(onCall({ op: 'rlm_query', child: task }, never)).resolves.toBe('see [a.ts:1]');
  });
});

describe('the cells to run again', () => {
  it('leave out interrupted ones, what was lost, and what would take more than a minute', () => {
    const cells = [
      past({ cell: 1 }),
      past({ cell: 2, status: 'lost' }),
      past({ cell: 3, ms: 50_000 }),
      past({ cell: 4, status: 'interrupted', ms: 30_000 }),
      past({ cell: 5, status: 'error', ms: 20_000 }),
      past({ cell: 6 }),
    ];
    expect(cellsToReplay(cells).map(({ cell }) => cell)).toEqual([5, 6]);
    expect(cellsToReplay(cells.slice(0, 4)).map(({ cell }) => cell)).toEqual([3]);
  });
});

describe('what is known of the files', () => {
  const anyFiles = fc.dictionary(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-f]{1,16}$/));

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(anyFiles, (files) => {
        const map = new Map(Object.entries(files));
        expect(decodeHashes(encodeHashes(map))).toEqual(map);
      }),
    );
  });

  it('is unknown when the text is damaged, and never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeHashes(text)));
    expect(decodeHashes('ab "a.ts"\ncd "b.t')).toBeUndefined();
    expect(decodeHashes('ab 12\n')).toBeUndefined();
  });

  it('tells every difference once', () => {
    fc.assert(
      fc.property(anyFiles, anyFiles, (before, after) => {
        const [a, b] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
        const { changed, added, removed } = compareFiles(a, b);
        for (const path of changed) a.set(path, b.get(path) ?? '');
        for (const path of added) a.set(path, b.get(path) ?? '');
        for (const path of removed) expect(a.delete(path)).toBe(true);
        expect(new Map([...a].toSorted())).toEqual(new Map([...b].toSorted()));
      }),
    );
  });
});
