import { describe, expect, it } from 'vitest';
import { Chat } from '../../extension/core/chat.ts';
import type { Asker, ChatStore } from '../../extension/core/chat-ports.ts';
import type { ConversationIndex } from '../../extension/core/conversation-index.ts';
import type { FileHashes } from '../../src/conversation/file-changes.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { runEvents } from './events.ts';

/** A store in memory; a new `Chat` over the same one is the next session. */
class MemoryStore implements ChatStore {
  index: ConversationIndex | undefined;
  readonly logs = new Map<string, RunEvent[]>();
  #made = 0;
  load = async () => this.index;
  save = async (index: ConversationIndex) => {
    this.index = JSON.parse(JSON.stringify(index));
  };
  newLogName = () => `${String(this.#made++).padStart(4, '0')}.jsonl`;
  /** What closing a log waits for. */
  disk: Promise<void> = Promise.resolve();
  openLog = (name: string) => {
    const events: RunEvent[] = [];
    this.logs.set(name, events);
    return { write: (event: RunEvent) => void events.push(event), close: () => this.disk };
  };
  readLog = async (name: string) => this.logs.get(name) ?? [];
  removeLogs = async (names: readonly string[]) => {
    for (const name of names) this.logs.delete(name);
  };
  readonly files = new Map<string, FileHashes>();
  readFiles = async (id: string) => this.files.get(id);
  saveFiles = async (id: string, files: FileHashes) => void this.files.set(id, files);
  removeFiles = async (id: string) => void this.files.delete(id);
}

const roots = [{ name: 'app', uri: 'file:///app' }];

/** A run that says what it is told to. */
function scriptedRun(runId: string) {
  let say: (event: RunEvent) => void = () => undefined;
  let end: (event: RunEnd) => void = () => undefined;
  const stopped: string[] = [];
  const done = new Promise<RunEnd>((resolve) => {
    end = resolve;
  });
  const asker: Asker = {
    secrets: [],
    scope: ['src'],
    models: 'one, as chosen',
    rootsOf: () => roots,
    ask: (onEvent) => {
      say = onEvent;
      return { runId, done, stopAgent: (agentId) => void stopped.push(agentId) };
    },
  };
  const play = (events: readonly RunEvent[]) => {
    for (const event of events) {
      say(event);
      if (event.type === 'run-end') end(event);
    }
  };
  return { asker, play, stopped };
}

function newChat(store: MemoryStore, keptRuns = 50, left: string[] = []) {
  let ids = 0;
  const now = () => 5000;
  return new Chat({
    store,
    now,
    newId: () => `c${ids++}`,
    limits: () => ({ runs: keptRuns, ageMs: 1e12 }),
    onLeft: (id) => void left.push(id),
    onConversation: () => undefined,
    onShown: () => undefined,
    onEvent: () => undefined,
  });
}

async function answered(chat: Chat, runId: string): Promise<void> {
  const { asker, play } = scriptedRun(runId);
  const { done } = chat.ask('Q', [], asker, () => undefined);
  play(runEvents(runId, { citations: [] }));
  await done;
}

describe('a conversation', () => {
  it('has its runs, which are running until they end', async () => {
    const chat = newChat(new MemoryStore());
    const { asker, play } = scriptedRun('r');
    const events = runEvents('r', { citations: [] });
    const { done } = chat.ask('Why?', [], asker, () => undefined);
    play(events.slice(0, -1));
    expect(chat.entries).toEqual([
      { models: 'one, as chosen', runId: 'r', question: 'Why?', attachments: [], running: true, folded: false },
    ]);
    play(events.slice(-1));
    await done;
    expect(chat.entries[0]?.running).toBe(false);
    expect(chat.run('r')?.events).toEqual(events);
    expect(chat.entry('r')?.roots).toEqual(roots);
    expect(chat.entry('r')?.spent).toMatchObject({ root: 'offline', sub: 'offline' });
  });

  it('stops one agent, or the whole run', () => {
    const chat = newChat(new MemoryStore());
    const { asker, stopped } = scriptedRun('r');
    let cancelled = false;
    chat.ask('Q', [], asker, () => {
      cancelled = true;
    });
    chat.stop('r', 'a7');
    expect([stopped, cancelled]).toEqual([['a7'], false]);
    chat.stop('r', undefined);
    expect(cancelled).toBe(true);
    expect(() => chat.stop('unknown', undefined)).not.toThrow();
  });

  it.each([
    ['closed', (chat: Chat) => chat.close()],
    ['deleted', (chat: Chat) => chat.remove('c0')],
  ])('is not %s before the log of a run that has just ended is whole on the disk', async (_, close) => {
    const store = new MemoryStore();
    let written = (): void => undefined;
    store.disk = new Promise((resolve) => {
      written = resolve;
    });
    const chat = newChat(store);
    await answered(chat, 'r');
    let closed = false;
    const closing = close(chat).then(() => {
      closed = true;
    });
    await new Promise(setImmediate);
    expect([closed, store.logs.size]).toEqual([false, 1]);
    written();
    await closing;
    expect(closed).toBe(true);
  });

  it('is there again in the next session', async () => {
    const store = new MemoryStore();
    const before = newChat(store);
    await answered(before, 'r');
    before.anchor('r', 0, { startLine: 3, endLine: 4 });
    const after = newChat(store);
    await after.open();
    expect(after.entries).toEqual(before.entries);
    expect(after.run('r')?.state.end?.answer).toBe('Done.');
    expect(after.entry('r')?.anchors).toEqual({ 0: { startLine: 3, endLine: 4 } });
    expect(after.entry('r')?.scope).toEqual(['src']);
  });

  it('is still there after a session that never opened it, or closed before it was read', async () => {
    const store = new MemoryStore();
    await answered(newChat(store), 'r');
    await newChat(store).close();
    const quick = newChat(store);
    await Promise.all([quick.open(), quick.close()]);
    const after = newChat(store);
    await after.open();
    expect(after.entries.map(({ runId }) => runId)).toEqual(['r']);
  });

  it('shows a run that was cut off with its best answer, alike each time', async () => {
    const store = new MemoryStore();
    const { asker, play } = scriptedRun('r');
    newChat(store).ask('Q', [], asker, () => undefined);
    play(runEvents('r'));
    const ends = await Promise.all(
      [1, 2].map(async () => {
        const next = newChat(store);
        await next.open();
        expect((await next.logged('r')).at(-1)).toMatchObject({ type: 'run-end', answer: 'so far' });
        return next.run('r')?.state.end;
      }),
    );
    expect(ends[0]).toMatchObject({ outcome: 'cancelled', answer: 'so far' });
    expect(ends[1]).toEqual(ends[0]);
  });

  it('leaves the log of a run alone that another window still has', async () => {
    const store = new MemoryStore();
    const { asker, play } = scriptedRun('r');
    const events = runEvents('r', { citations: [] });
    newChat(store).ask('Q', [], asker, () => undefined);
    play(events.slice(0, -1));
    await newChat(store).open();
    play(events.slice(-1));
    const later = newChat(store);
    await later.open();
    expect(later.run('r')?.state.end).toMatchObject({ outcome: 'answered', answer: 'Done.' });
  });

  it('does not end a run anew whose log is not whole on the disk yet', async () => {
    const store = new MemoryStore();
    const chat = newChat(store);
    const { asker, play } = scriptedRun('r');
    const events = runEvents('r', { citations: [] });
    const first = chat.current.id;
    chat.ask('Q', [], asker, () => undefined);
    chat.newConversation();
    let written = (): void => undefined;
    store.disk = new Promise((resolve) => {
      written = resolve;
    });
    store.readLog = async () => events.slice(0, -1);
    play(events);
    chat.rename(first, 'Whatever is told next');
    await chat.show(first);
    written();
    expect(chat.run('r')?.state.end).toMatchObject({ outcome: 'answered', answer: 'Done.' });
    expect(store.logs.get('0000.jsonl')?.filter(({ type }) => type === 'run-end')).toHaveLength(1);
  });

  it('gives way to a new one, and can be opened again', async () => {
    const chat = newChat(new MemoryStore());
    await answered(chat, 'r1');
    const first = chat.current.id;
    chat.newConversation();
    chat.newConversation();
    expect(chat.entries).toEqual([]);
    expect(chat.conversations).toHaveLength(2);
    await answered(chat, 'r2');
    await chat.show(first);
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['r1']);
  });

  it('is not disturbed by a question from elsewhere, which has one of its own', async () => {
    const store = new MemoryStore();
    const chat = newChat(store);
    await answered(chat, 'mine');
    const { asker, play } = scriptedRun('other');
    const { done } = chat.ask('From an agent', [], asker, () => undefined, true);
    play(runEvents('other', { citations: [] }));
    await done;
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['mine']);
    expect(chat.entry('other')).toMatchObject({ roots, spent: expect.anything() });
    expect(chat.runningIds).toEqual([]);
    expect(chat.conversations.map(({ entries }) => entries.map(({ runId }) => runId))).toEqual([['other'], ['mine']]);
    const next = newChat(store);
    await next.open();
    expect(next.entries.map(({ runId }) => runId)).toEqual(['mine']);
    expect(await next.pin('other')).toBe(true);
    expect(next.runs.map(({ runId }) => runId)).toEqual(['mine', 'other']);
  });

  it('shows a pinned run of another one', async () => {
    const chat = newChat(new MemoryStore());
    await answered(chat, 'r1');
    chat.newConversation();
    expect(await chat.pin('r1')).toBe(true);
    expect(chat.runs.map(({ runId }) => runId)).toEqual(['r1']);
    expect(chat.entries).toEqual([]);
    expect(await chat.pin('unknown')).toBe(false);
  });

  it('keeps the newest runs only', async () => {
    const chat = newChat(new MemoryStore(), 2);
    for (const runId of ['r1', 'r2', 'r3']) await answered(chat, runId);
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['r2', 'r3']);
  });

  it('keeps a run that is under way, however few are kept', async () => {
    const store = new MemoryStore();
    const chat = newChat(store, 1);
    const [first, second] = [scriptedRun('r1'), scriptedRun('r2')];
    const { done } = chat.ask('Q', [], first.asker, () => undefined);
    chat.ask('Q', [], second.asker, () => undefined);
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['r1', 'r2']);
    first.play(runEvents('r1', { citations: [] }));
    await done;
    expect(chat.run('r1')?.state.end?.answer).toBe('Done.');
    expect(chat.entry('r1')).toMatchObject({ roots, spent: expect.anything() });
    expect([...store.logs.keys()]).toEqual(['0000.jsonl', '0001.jsonl']);
    await answered(chat, 'r3');
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['r2', 'r3']);
  });
});

describe('what is kept', () => {
  it('is renamed and deleted with its logs, and what it held besides is given back', async () => {
    const [store, left] = [new MemoryStore(), [] as string[]];
    const chat = newChat(store, 50, left);
    await answered(chat, 'r1');
    const first = chat.current.id;
    store.files.set(first, new Map());
    chat.newConversation();
    expect(left).toEqual([first]);
    await answered(chat, 'r2');
    chat.rename(first, '  The budget ');
    expect(chat.conversations[0]?.name).toBe('The budget');
    chat.rename(first, '');
    expect(chat.conversations[0]).not.toHaveProperty('name');
    await chat.remove(first);
    expect([...store.logs.keys()]).toEqual(['0001.jsonl']);
    expect(store.files.size).toBe(0);
    expect(chat.run('r1')).toBeUndefined();
    await chat.remove(chat.current.id);
    expect(chat.entries).toEqual([]);
    expect(store.logs.size).toBe(0);
  });

  it('is stopped when it is deleted under way', async () => {
    const store = new MemoryStore();
    const chat = newChat(store);
    const { asker, play } = scriptedRun('r');
    chat.ask('Q', [], asker, () => play(runEvents('r', { citations: [] })));
    await chat.remove(chat.current.id);
    expect(store.logs.size).toBe(0);
  });

  it('does not take a question along that is asked while it is being deleted', async () => {
    const store = new MemoryStore();
    const chat = newChat(store);
    let stop = (): void => undefined;
    const { asker, play } = scriptedRun('r1');
    chat.ask('Q', [], asker, () => {
      stop = () => play(runEvents('r1', { citations: [] }));
    });
    const removing = chat.remove(chat.current.id);
    const { done } = chat.ask('Next', [], scriptedRun('r2').asker, () => undefined);
    stop();
    await removing;
    void done;
    expect(chat.entries.map(({ runId }) => runId)).toEqual(['r2']);
    expect([...store.logs.keys()]).toEqual(['0001.jsonl']);
  });

  it.each([
    ['deleted', (chat: Chat) => chat.remove('c0'), 0],
    ['closed', (chat: Chat) => chat.open().then(() => chat.close()), 1],
  ])('is not %s before what it knows of the files is on the disk', async (_, end, left) => {
    const store = new MemoryStore();
    let written = (): void => undefined;
    const disk = new Promise<void>((resolve) => {
      written = resolve;
    });
    store.saveFiles = async (id, files) => {
      await disk;
      store.files.set(id, files);
    };
    const chat = newChat(store);
    await answered(chat, 'r');
    chat.memoryOf('c0').keepFiles(new Map());
    let ended = false;
    const ending = end(chat).then(() => {
      ended = true;
    });
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    written();
    await ending;
    expect(store.files.size).toBe(left);
  });

  it('goes with what it knew of the files when its runs are too many or too old', async () => {
    const store = new MemoryStore();
    const chat = newChat(store, 1);
    await answered(chat, 'r1');
    store.files.set(chat.current.id, new Map());
    chat.newConversation();
    await answered(chat, 'r2');
    expect(chat.conversations).toHaveLength(1);
    expect(store.files.size).toBe(0);
  });

  it('is in memory for the newest runs only; an older one is unfolded', async () => {
    const store = new MemoryStore();
    const chat = newChat(store, 500);
    for (let n = 0; n < 30; n++) await answered(chat, `r${n}`);
    expect(chat.runs.map(({ runId }) => runId)).toEqual(Array.from({ length: 20 }, (_, n) => `r${n + 10}`));
    expect(chat.entries.map(({ folded }) => folded)).toEqual(Array.from({ length: 30 }, (_, n) => n < 10));
    expect(await chat.unfold('r0')).toBe(true);
    expect(chat.run('r0')?.state.end?.answer).toBe('Done.');
    expect(chat.entries[0]?.folded).toBe(false);
    expect(await chat.unfold('unknown')).toBe(false);
    for (let n = 1; n < 8; n++) await chat.unfold(`r${n}`);
    expect(chat.runs).toHaveLength(25);
  });

  it('is what a conversation goes on from', async () => {
    const store = new MemoryStore();
    const chat = newChat(store);
    await answered(chat, 'r1');
    const { asker } = scriptedRun('r2');
    chat.ask('under way', [], asker, () => undefined);
    const { runs, events } = chat.memoryOf(chat.current.id);
    expect((await runs()).map(({ runId }) => runId)).toEqual(['r1']);
    expect((await events('r1')).at(-1)?.type).toBe('run-end');
    expect(await events('gone')).toEqual([]);
  });
});
