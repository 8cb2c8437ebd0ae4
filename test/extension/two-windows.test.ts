import { mkdir, mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConversationIndex, StoredConversation } from '../../extension/core/conversation-index.ts';
import { ConversationStore } from '../../extension/node/conversation-store.ts';

const entry = (runId: string, second = 0) => {
  const log = `2026-01-01T00-00-${String(second).padStart(2, '0')}Z-aaaaaa.jsonl`;
  return { runId, question: `${runId}?`, attachments: [], log, roots: [], anchors: {} };
};

const conversation = (id: string, ...runIds: readonly string[]): StoredConversation => ({
  id,
  startedAt: 1,
  entries: runIds.map((runId) => entry(runId)),
});

const indexOf = (...conversations: readonly StoredConversation[]): ConversationIndex => ({
  conversations,
  current: conversations.at(-1)?.id ?? '',
});

async function newFolder(first?: ConversationIndex) {
  const folder = await mkdtemp(join(tmpdir(), 'windows-'));
  const open = async () => {
    const store = new ConversationStore(
      folder,
      (text) => expect.unreachable(text),
      () => [],
    );
    await store.load();
    return store;
  };
  if (first !== undefined) await (await open()).save(first);
  const runs = async () => {
    const found = await (await open()).load();
    return Object.fromEntries(
      found?.conversations.map(({ id, entries }) => [id, entries.map((one) => one.runId)]) ?? [],
    );
  };
  return { folder, open, runs };
}

describe('two windows on one list', () => {
  it('keep what each of them added, also in one conversation', async () => {
    const { open, runs } = await newFolder(indexOf(conversation('c', 'r')));
    const [one, other] = [await open(), await open()];
    await one.save(indexOf(conversation('c', 'r', 'a'), conversation('d', 'b')));
    await other.save(indexOf(conversation('c', 'r', 'x'), conversation('e', 'y')));
    await one.save(indexOf(conversation('c', 'r', 'a'), conversation('d', 'b', 'b2')));
    expect(await runs()).toEqual({ c: ['r', 'a', 'x'], d: ['b', 'b2'], e: ['y'] });
  });

  it('lose nothing when they write at the same time', async () => {
    const { open, folder } = await newFolder(indexOf(conversation('c', 'r')));
    const names = ['a', 'b', 'd'];
    const stores = await Promise.all(names.map(open));
    for (let round = 1; round <= 5; round++)
      await Promise.all(
        stores.map((store, window) => {
          const own = Array.from({ length: round }, (_, at) => conversation(`${names[window]}${at}`, 'q'));
          return store.save(indexOf(conversation('c', 'r'), ...own));
        }),
      );
    const found = await (await open()).load();
    expect(found?.conversations.length).toBe(16);
    expect(await readdir(folder)).toEqual(['conversations.json']);
  });

  it('delete what either of them deletes, and no question that the other has asked since', async () => {
    const { open, runs } = await newFolder(indexOf(conversation('c', 'r', 's'), conversation('d', 't')));
    const [one, other] = [await open(), await open()];
    await other.save(indexOf(conversation('c', 'r', 's', 'x'), conversation('d', 't')));
    await one.save(indexOf(conversation('n')));
    await other.save(indexOf(conversation('c', 'r', 's', 'x'), conversation('d', 't')));
    expect(await runs()).toMatchObject({ c: ['x'] });
    expect(await runs()).not.toHaveProperty('d.0');
  });

  it('keep names and places that either of them changed', async () => {
    const { open } = await newFolder(indexOf(conversation('c', 'r')));
    const [one, other] = [await open(), await open()];
    const anchored = { ...entry('r'), anchors: { 0: { startLine: 1, endLine: 2 } } };
    await one.save(indexOf({ ...conversation('c'), name: 'Mine', entries: [anchored] }));
    await other.save(indexOf(conversation('c', 'r'), conversation('d', 's')));
    expect((await (await open()).load())?.conversations[0]).toEqual({
      ...conversation('c'),
      name: 'Mine',
      entries: [anchored],
    });
  });

  it('have the questions of a conversation in the order of their time', async () => {
    const { open, runs } = await newFolder(indexOf(conversation('c', 'r')));
    const [one, other] = [await open(), await open()];
    await one.save(indexOf({ ...conversation('c'), entries: [entry('r'), entry('late', 9)] }));
    await other.save(indexOf({ ...conversation('c'), entries: [entry('r'), entry('soon', 5), entry('last', 12)] }));
    expect(await runs()).toEqual({ c: ['r', 'soon', 'late', 'last'] });
  });

  it('are not held up by one that was killed while it wrote', async () => {
    const { folder, open, runs } = await newFolder();
    const lock = join(folder, 'conversations.json.lock');
    await writeFile(lock, '');
    const long = new Date(Date.now() - 60_000);
    await utimes(lock, long, long);
    await (await open()).save(indexOf(conversation('c', 'r')));
    expect(await runs()).toEqual({ c: ['r'] });
    expect(await readdir(folder)).toEqual(['conversations.json']);
  });

  it('save without a lock where an old one cannot be removed', async () => {
    const { folder, open, runs } = await newFolder();
    const lock = join(folder, 'conversations.json.lock');
    await mkdir(lock);
    await utimes(lock, new Date(0), new Date(0));
    await (await open()).save(indexOf(conversation('c', 'r')));
    expect(await runs()).toEqual({ c: ['r'] });
  });
});
