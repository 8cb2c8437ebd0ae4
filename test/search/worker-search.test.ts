import { afterEach, expect, it } from 'vitest';
import type { CodeSearch } from '../../src/search/code-search.ts';
import { createCodeSearch, type WorkerSearchOptions } from '../../src/search/node/worker-search.ts';
import { selectFiles } from '../../src/workspace/selection.ts';
import { inlineSearch } from '../support/inline-search.ts';
import { replAssets } from '../support/repl-assets.ts';
import { memorySnapshot, neverAborted } from '../support/workspace.ts';

const files = {
  'a.py': 'def renew_lease(session):\n    return session\n',
  'b.py': `lease = "${'a'.repeat(60)}!"\n`,
  'c.md': 'A lease is renewed.\n',
};
const query = { text: 'how is the lease renewed', k: 5 };
const open: CodeSearch[] = [];
afterEach(() => Promise.all(open.splice(0).map((search) => search.close())));

async function start(options: Partial<WorkerSearchOptions> = {}): Promise<CodeSearch> {
  const search = createCodeSearch({ assetsDir: await replAssets(), ...options });
  open.push(search);
  return search;
}

it('answers as in the calling thread, prepared or not, over all and over a part', async () => {
  const snapshot = await memorySnapshot(files);
  const search = await start();
  const scopes = [snapshot, selectFiles(snapshot, ['b.py', 'c.md'])].map((some) => ({ snapshot: some, texts: {} }));
  for (const scope of scopes)
    expect(await search.search(query, scope, neverAborted())).toEqual(
      await inlineSearch().search(query, scope, neverAborted()),
    );
  const other = await memorySnapshot({ 'new.py': 'lease = renewed()\n' });
  search.prepare(other);
  const { hits } = await search.search(query, { snapshot: other, texts: {} }, neverAborted());
  expect(hits.map(({ path }) => path)).toEqual(['new.py']);
});

it('asks about the part of the snapshot before the whole is known, and then about the whole', async () => {
  const snapshot = await memorySnapshot(files);
  const search = await start();
  const ask = async (some: typeof snapshot) =>
    (await search.search(query, { snapshot: some, texts: {} }, neverAborted())).filesSearched;
  expect(await ask(selectFiles(snapshot, ['b.py']))).toBe(1);
  expect(await ask(snapshot)).toBe(3);
});

it('gives up an expression that runs away, and goes on with the next query', async () => {
  const snapshot = await memorySnapshot(files);
  const search = await start({ queryMs: 400 });
  const scope = { snapshot, texts: {} };
  await expect(search.search({ text: '/(a+)+$/', k: 5 }, scope, neverAborted())).rejects.toThrow(
    /took longer than 0.4 s/,
  );
  expect((await search.search(query, scope, neverAborted())).hits[0]?.path).toBe('a.py');
});

it('ends who waits when it is stopped or closed', async () => {
  const snapshot = await memorySnapshot(files);
  const scope = { snapshot, texts: {} };
  const search = await start();
  const stop = new AbortController();
  const stopped = search.search(query, scope, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(stopped).rejects.toThrow('stopped');
  const waiting = search.search(query, scope, neverAborted());
  await Promise.all([expect(waiting).rejects.toThrow('closed'), search.close()]);
  await expect(search.search(query, scope, neverAborted())).rejects.toThrow('closed');
});

it('says so when its thread cannot start', async () => {
  const search = createCodeSearch({ assetsDir: '/nowhere' });
  open.push(search);
  const scope = { snapshot: await memorySnapshot(files), texts: {} };
  await expect(search.search(query, scope, neverAborted())).rejects.toThrow(/The search failed: .*search-worker/);
});
