import { mkdtemp, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ConversationIndex,
  goneLogs,
  type HistoryLimits,
  parseIndex,
  pruneIndex,
} from '../../extension/core/conversation-index.ts';
import { historyItems } from '../../extension/core/history-items.ts';
import { RunRecord } from '../../extension/core/run-record.ts';
import { ConversationStore } from '../../extension/node/conversation-store.ts';
import { runEvents, stamped } from './events.ts';

const index: ConversationIndex = {
  current: 'c',
  conversations: [
    {
      id: 'c',
      startedAt: 1,
      entries: [{ runId: 'r', question: 'Q', attachments: [], log: 'a.jsonl', roots: [], anchors: {} }],
    },
  ],
};

/** Of no shape that tells it as a key. */
const ownKey = 'a-key-of-my-own';

async function newStore() {
  const folder = await mkdtemp(join(tmpdir(), 'conversations-'));
  const troubles: string[] = [];
  return {
    folder,
    troubles,
    store: new ConversationStore(
      folder,
      (text) => troubles.push(text),
      () => [ownKey],
    ),
  };
}

describe('the list of conversations', () => {
  it('is nothing at first, and then what was saved last', async () => {
    const { folder, store, troubles } = await newStore();
    expect(await store.load()).toBeUndefined();
    void store.save({ ...index, current: 'older' });
    await store.save(index);
    expect(await store.load()).toEqual(index);
    expect(troubles).toEqual([]);
    expect(await readdir(folder)).toEqual(['conversations.json']);
  });

  it('holds no key that a question holds', async () => {
    const { folder, store } = await newStore();
    const question = `Is sk-${'aB3'.repeat(10)} valid, or ${ownKey}?`;
    const [conversation] = index.conversations;
    const entries = conversation?.entries.map((entry) => ({ ...entry, question })) ?? [];
    await store.save({ current: 'c', conversations: [{ id: 'c', startedAt: 1, entries }] });
    const kept = await readFile(join(folder, 'conversations.json'), 'utf8');
    expect(kept).not.toContain('sk-aB3');
    expect(kept).not.toContain(ownKey);
  });

  it.each(['', '{"version":1', '{"version":9}', '{"version":1,"current":"c","conversations":[{"id":1}]}'])(
    'is moved aside when it is damaged: %s',
    async (text) => {
      const { folder, store, troubles } = await newStore();
      await writeFile(join(folder, 'conversations.json'), text);
      expect(await store.load()).toBeUndefined();
      expect(troubles).toHaveLength(1);
      const [kept] = await readdir(folder);
      expect(kept).toMatch(/^conversations\.json\.damaged-/);
      expect(await readFile(join(folder, kept ?? ''), 'utf8')).toBe(text);
    },
  );

  it('is left alone for the session when it cannot be read', async () => {
    const { folder, store, troubles } = await newStore();
    const file = join(folder, 'conversations.json');
    await symlink('conversations.json', file);
    expect(await store.load()).toBeUndefined();
    await store.save(index);
    expect(await readlink(file)).toBe('conversations.json');
    expect(troubles).toEqual([expect.stringMatching(/cannot be read: ELOOP.*lost when the window closes/)]);
  });

  it('names logs, never other files', () => {
    const evil = JSON.stringify({ version: 1, ...index }).replace('a.jsonl', '../../a.jsonl');
    expect(parseIndex(evil)).toMatchObject({ kind: 'damaged' });
  });

  it('warns once when nothing can be written', async () => {
    const { folder, troubles } = await newStore();
    await writeFile(join(folder, 'file'), '');
    const store = new ConversationStore(
      join(folder, 'file'),
      (text) => troubles.push(text),
      () => [],
    );
    await store.load();
    await store.save(index);
    await store.save(index);
    const log = store.openLog('a.jsonl', []);
    for (const event of runEvents('r')) log.write(event);
    await log.close();
    expect(troubles).toHaveLength(1);
  });
});

describe('the log of a run', () => {
  it('has all that came before a line in whose middle the run was cut off', async () => {
    const { folder, store } = await newStore();
    const log = store.openLog('a.jsonl', []);
    for (const event of runEvents('r')) log.write(event);
    await log.close();
    const file = join(folder, 'runs', 'a.jsonl');
    await writeFile(file, `${await readFile(file, 'utf8')}{"type":"ans`);
    const record = new RunRecord('r', await store.readLog('a.jsonl'));
    expect(record.ended).toBe(false);
    expect(record.state.answer).toBe('so far');
  });

  it('that is gone is an empty one', async () => {
    const { store } = await newStore();
    expect(await store.readLog('gone.jsonl')).toEqual([]);
  });
});

describe('what is kept besides', () => {
  it('is the files that a conversation knew, until they are removed', async () => {
    const { store, troubles } = await newStore();
    const files = new Map([
      ['src/a b"c.ts', 'ab12'],
      ['line\nend.ts', 'cd34'],
    ]);
    expect(await store.readFiles('../../c')).toBeUndefined();
    await Promise.all([store.saveFiles('../../c', new Map()), store.saveFiles('../../c', files)]);
    await store.saveFiles('../../c', files);
    expect(await store.readFiles('../../c')).toEqual(files);
    await store.removeFiles('../../c');
    expect(await store.readFiles('../../c')).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it('goes with its log and its texts', async () => {
    const { folder, store } = await newStore();
    const log = store.openLog('a.jsonl', []);
    for (const event of runEvents('r')) log.write(event);
    log.write(stamped({ type: 'answer', content: 'long '.repeat(2000) }, 8));
    await log.close();
    expect((await readdir(join(folder, 'runs'))).length).toBe(2);
    await store.removeLogs(['a.jsonl', 'unknown.jsonl']);
    expect(await readdir(join(folder, 'runs'))).toEqual([]);
  });
});

describe('limits', () => {
  const entry = (log: string) => ({ runId: log, question: 'Q', attachments: [], log, roots: [], anchors: {} });
  const logs = [
    '2026-01-01T00-00-00Z-aaaaaa.jsonl',
    '2026-03-01T00-00-00Z-bbbbbb.jsonl',
    '2026-03-02T00-00-00Z-cccccc.jsonl',
  ];
  const full: ConversationIndex = {
    current: 'b',
    conversations: [
      { id: 'a', startedAt: 1, entries: logs.slice(0, 1).map(entry) },
      { id: 'b', startedAt: 2, entries: logs.slice(1).map(entry) },
    ],
  };
  const now = Date.parse('2026-03-03T00:00:00Z');
  const day = 24 * 3600 * 1000;
  const kept = (limits: HistoryLimits) =>
    goneLogs(
      full,
      pruneIndex(full, limits, now, () => false),
    );

  it.each([
    [{ runs: 3, ageMs: 90 * day }, []],
    [{ runs: 2, ageMs: 90 * day }, logs.slice(0, 1)],
    [{ runs: 3, ageMs: 30 * day }, logs.slice(0, 1)],
    [{ runs: 3, ageMs: 1.5 * day }, logs.slice(0, 2)],
  ])('of %j remove the oldest', (limits, gone) => {
    expect(kept(limits)).toEqual(gone);
  });
});

describe('the list for people', () => {
  it('has the conversation used last first, by its name or first question, and all questions to search', () => {
    const entry = (log: string, question: string) => ({
      runId: log,
      question,
      attachments: [],
      log,
      roots: [],
      anchors: {},
    });
    const conversations = [
      { id: 'a', startedAt: 1, entries: [entry('1', 'Who?'), entry('4', 'When?')] },
      { id: 'b', startedAt: 2, name: 'Mine', entries: [entry('3', 'What?')] },
      { id: 'c', startedAt: 3, entries: [] },
    ];
    expect(historyItems(conversations, 'b', (time) => `at ${time}`)).toEqual([
      { id: 'a', label: 'Who?', description: 'at 1 · 2 questions', detail: 'When?' },
      { id: 'b', label: 'Mine', description: 'at 2 · open', detail: 'What?' },
    ]);
  });
});
