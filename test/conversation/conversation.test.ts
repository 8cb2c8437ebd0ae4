import { describe, expect, it } from 'vitest';
import { offlineModel } from '../../src/models/offline/offline-model.ts';
import { resumedIn, talk } from '../support/conversation.ts';
import { scriptedModel, untilAborted } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';

/** Every question takes one cell and an answer that cites. */
const model = () =>
  scriptedModel((messages) => {
    const asked = /Question: (.*)/.exec(messages[1]?.content ?? '')?.[1] ?? '';
    return messages.length <= 2 ? cell(`work on ${asked}`) : cell(`answer: about ${asked} [a.ts:1]`);
  });
const files = () => ({ 'a.ts': 'const a = 1;\n', 'b.ts': 'const b = 2;\n' });
const variables = ['hits'];

describe('a follow-up', () => {
  it('goes on with the REPL and is told of the questions before', async () => {
    const repls = scriptedRepls(() => ({ variables }));
    const root = model();
    const { open, ask } = talk({ root, repls, files: files() });
    const conversation = open('c1');
    const first = await ask(conversation, 'one?');
    const second = await ask(conversation, 'two?');
    expect(first.events.some(({ type }) => type === 'resumed')).toBe(false);
    expect(repls.opened).toHaveLength(1);
    expect(repls.refreshed).toEqual(['two?']);
    expect(resumedIn(second)).toMatchObject({ repl: 'kept', replayed: [], variables });
    const opening = root.calls[2]?.[1]?.content ?? '';
    expect(opening).toContain('Question 1: one?\nAnswer 1: about one? [a.ts:1]\nCited: a.ts:1');
    expect(opening).toContain('[variables: hits]');
    expect(second.events[0]).toMatchObject({ type: 'run-start', conversation: { id: 'c1', turn: 2 } });
    expect(second.events.filter(({ type }) => type === 'run-end')).toHaveLength(1);
    expect(second.events.find(({ type }) => type === 'cell-start')).toMatchObject({ cell: 3 });
  });

  it('is told which files changed, appeared and went', async () => {
    const repls = scriptedRepls();
    const now: Record<string, string> = files();
    const { open, ask } = talk({ root: model(), repls, files: now });
    const conversation = open('c1');
    await ask(conversation, 'one?');
    now['a.ts'] = 'const a = 100;\n';
    now['new.ts'] = 'x\n';
    delete now['b.ts'];
    const { told, changes } = resumedIn(await ask(conversation, 'two?'));
    expect(changes).toEqual({ changed: ['a.ts'], added: ['new.ts'], removed: ['b.ts'] });
    expect(told).toContain('changed: a.ts; new: new.ts; gone: b.ts');
    expect(told).toContain('Cited: a.ts:1 (changed since)');
    expect(resumedIn(await ask(conversation, 'three?')).changes).toEqual({ changed: [], added: [], removed: [] });
  });

  it('does not take files for gone that a limited question leaves out, nor for new afterwards', async () => {
    const now: Record<string, string> = { ...files(), 'src/c.ts': 'c\n', 'src/d.ts': 'd\n' };
    const { open, ask } = talk({ root: model(), repls: scriptedRepls(), files: now });
    const [conversation, other] = [open('c1'), open('c2')];
    const none = { changed: [], added: [], removed: [] };
    await ask(conversation, 'all?');
    delete now['src/d.ts'];
    now['b.ts'] = 'const b = 3;\n';
    expect(resumedIn(await ask(conversation, 'part?', { scope: ['src'] })).changes).toEqual({
      ...none,
      removed: ['src/d.ts'],
    });
    expect(resumedIn(await ask(conversation, 'all again?')).changes).toEqual({ ...none, changed: ['b.ts'] });
    await ask(other, 'part first?', { scope: ['src'] });
    expect(resumedIn(await ask(other, 'all then?')).changes).toEqual(none);
  });

  it('has a REPL of its own while another question holds that of the conversation', async () => {
    const root = scriptedModel(async (messages, _, signal) => {
      const asked = messages[1]?.content.includes('Question: slow') ? await untilAborted(signal) : '';
      return asked === '' && messages.length <= 2 ? cell('look') : cell('answer: yes [a.ts:1]');
    });
    const repls = scriptedRepls();
    const { open, ask, start } = talk({ root, repls, files: files() });
    const conversation = open('c1');
    const stop = new AbortController();
    const slow = start(conversation, 'slow', { signal: stop.signal });
    expect(resumedIn(await ask(conversation, 'quick')).repl).toBe('apart');
    expect(repls.closed).toBe(1);
    stop.abort();
    expect((await slow.done).outcome).toBe('cancelled');
    expect(resumedIn(await ask(conversation, 'after')).repl).toBe('fresh');
  });
});

it('of the offline model looks by words when it cannot count, whatever the numbers of its cells', async () => {
  const codes: string[] = [];
  const repls = scriptedRepls((code, { question }) => {
    codes.push(`${question}: ${code}`);
    return { status: question.startsWith('List') && codes.at(-2)?.startsWith('How') ? 'error' : 'ok' };
  });
  const { open, ask } = talk({ root: offlineModel, repls, files: files() });
  const conversation = open('c1');
  await ask(conversation, 'How does a work?');
  await ask(conversation, 'List all callers of loadConfig');
  const [counted, ...rest] = codes.filter((code) => code.startsWith('List'));
  expect(counted).not.toContain('hits = search(');
  expect(rest[0]).toContain('hits = search(');
});

describe('an interpreter that was let go', () => {
  const script = (ran: string[]) =>
    scriptedRepls(async (code, options, signal) => {
      ran.push(`${options.question}: ${code}`);
      if (!code.startsWith('work')) return {};
      const replies = await options.onCall({ op: 'llm_batch', prompts: ['p1', 'p2'] }, signal);
      return { variables: ['notes'], printed: JSON.stringify(replies) };
    });
  const replying = () => scriptedModel((messages) => `reply to ${messages.at(-1)?.content.slice(0, 2)}`);

  it('is rebuilt by its cells, without asking a model', async () => {
    const ran: string[] = [];
    const [root, sub, repls] = [model(), replying(), script(ran)];
    const { open, ask, clock } = talk({ root, sub, repls, files: files(), live: { idleMs: 1000 } });
    const conversation = open('c1');
    await ask(conversation, 'one?');
    const asked = sub.calls.length;
    clock.advance(2000);
    expect(repls.closed).toBe(1);
    ran.length = 0;
    const second = await ask(conversation, 'two?');
    const resumed = resumedIn(second);
    expect(resumed).toMatchObject({ repl: 'rebuilt', variables: ['notes'] });
    expect(resumed.replayed).toEqual([
      { runId: 'run-1', cell: 1, status: 'ok' },
      { runId: 'run-1', cell: 2, status: 'ok' },
    ]);
    expect(ran[0]).toBe('one?: work on one?');
    expect(ran.at(-1)).toBe('two?: work on two?');
    // Those of the follow-up's own cell.
    expect(sub.calls).toHaveLength(asked + 2);
  });

  it('gets the replies of then', async () => {
    const replies: unknown[] = [];
    const repls = scriptedRepls(async (code, options, signal) => {
      if (code.startsWith('work on one'))
        replies.push(await options.onCall({ op: 'llm_batch', prompts: ['p1', 'p2'] }, signal));
      return {};
    });
    const { open, ask } = talk({ root: model(), sub: replying(), repls, files: files() });
    const conversation = open('c1');
    await ask(conversation, 'one?');
    await conversation.letGo();
    await ask(conversation, 'two?');
    expect(replies[0]).toEqual([{ ok: 'reply to p1' }, { ok: 'reply to p2' }]);
    expect(replies[1]).toEqual(replies[0]);
  });

  it('is rebuilt in another session from what was kept', async () => {
    const ran: string[] = [];
    const now: Record<string, string> = files();
    const { open, ask } = talk({ root: model(), sub: replying(), repls: script(ran), files: now });
    await ask(open('c1'), 'one?');
    now['a.ts'] = 'changed\n';
    const { repl, told, changes } = resumedIn(await ask(open('c1'), 'two?'));
    expect(repl).toBe('rebuilt');
    expect(changes.changed).toEqual(['a.ts']);
    expect(told).toContain('Question 1: one?\nAnswer 1: about one? [a.ts:1]');
  });

  it('is rebuilt in another session without the cells of a question that ran apart, however long ago', async () => {
    const ran: string[] = [];
    const root = scriptedModel(async (messages, _, signal) => {
      const asked = /Question: (.*)/.exec(messages[1]?.content ?? '')?.[1] ?? '';
      if (asked === 'slow') await untilAborted(signal);
      return messages.length <= 2 ? cell(`work on ${asked}`) : cell('answer: yes [a.ts:1]');
    });
    const repls = scriptedRepls((code) => {
      ran.push(code);
      return {};
    });
    const { open, ask, start } = talk({ root, repls, files: files() });
    const conversation = open('c1');
    const stop = new AbortController();
    const slow = start(conversation, 'slow', { signal: stop.signal });
    expect(resumedIn(await ask(conversation, 'apart')).repl).toBe('apart');
    stop.abort();
    await slow.done;
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await ask(conversation, `later ${n}`);
    ran.length = 0;
    await ask(open('c1'), 'after');
    expect(ran).toContain('work on later 1');
    expect(ran).not.toContain('work on apart');
  });

  it('begins after the cell that lost it', async () => {
    const ran: string[] = [];
    const repls = scriptedRepls((code, { question }) => {
      ran.push(code);
      return question === 'two?' ? { status: 'lost' } : { variables: ['x'] };
    });
    const { open, ask } = talk({ root: model(), repls, files: files() });
    const conversation = open('c1');
    for (const question of ['one?', 'two?', 'three?']) await ask(conversation, question);
    await conversation.letGo();
    ran.length = 0;
    await ask(conversation, 'four?');
    expect(ran).toEqual(['work on three?', 'work on four?']);
  });

  it('is the one that was idle longest', async () => {
    const repls = scriptedRepls();
    const { open, ask } = talk({ root: model(), repls, files: files(), live: { maxIdle: 2 } });
    const [a, b, c] = [open('a'), open('b'), open('c')];
    await ask(a, 'one?');
    await ask(b, 'one?');
    await ask(a, 'two?');
    await ask(c, 'one?');
    expect(repls.closed).toBe(1);
    expect(resumedIn(await ask(a, 'three?')).repl).toBe('kept');
    expect(resumedIn(await ask(b, 'two?')).repl).toBe('rebuilt');
    await Promise.all([a.close(), b.close(), c.close()]);
    expect(repls.closed).toBe(repls.opened.length);
  });
});

describe('a long conversation', () => {
  it('has a bounded opening that still names what was asked', async () => {
    const root = scriptedModel((messages) =>
      messages.length <= 2 ? cell('look') : cell(`answer: ${'long '.repeat(4000)} Is it so?\n[a.ts:1]`),
    );
    const { open, ask } = talk({ root, repls: scriptedRepls(() => ({ variables })), files: files() });
    const conversation = open('c1');
    const sizes: number[] = [];
    for (let n = 1; n <= 60; n++) {
      await ask(conversation, `question number ${n} ${'?'.repeat(300)}`);
      sizes.push(root.calls.at(-2)?.[1]?.content.length ?? 0);
    }
    expect(Math.max(...sizes)).toBeLessThan(24_000);
    expect(sizes[59]).toBeLessThan((sizes[39] ?? 0) * 1.02);
    const opening = root.calls.at(-2)?.[1]?.content ?? '';
    expect(opening).toContain('53. question number 53');
    expect(opening).toContain('… 23 before');
    expect(opening).toContain('Question 59: question number 59');
  });
});
