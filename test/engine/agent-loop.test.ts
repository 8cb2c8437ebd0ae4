import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/models/model.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { askInMemory } from '../support/ask.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { scriptedModel, untilAborted, usage } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';

const cited = 'One is one [src/a.ts:1].';
const nudges = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'nudge' ? [event.reason] : []));
const inTurn =
  (...replies: readonly string[]) =>
  (_: unknown, call: number) =>
    replies[Math.min(call, replies.length - 1)] ?? '';

describe('a run', () => {
  test('explores, answers, and ends with a verified citation', async () => {
    const root = scriptedModel(inTurn(cell('print(1)'), cell(`answer: ${cited}`)));
    const { end, events } = await askInMemory({ root, repls: scriptedRepls(() => ({ printed: 'seen' })) });
    expect(end).toMatchObject({
      outcome: 'answered',
      answer: cited,
      reason: '',
      citations: [{ path: 'src/a.ts', status: 'verified' }],
    });
    expect(root.calls[1]?.at(-1)?.content).toContain('seen');
    expect(events.filter((event) => event.type === 'run-end')).toHaveLength(1);
    expect(events.filter((event) => event.type !== 'model-delta').map((event) => event.seq)).toEqual(
      events.filter((event) => event.type !== 'model-delta').map((_, index) => index),
    );
  });

  test('the conversation is append-only: every request begins with the one before', async () => {
    const root = scriptedModel(
      inTurn(cell('a'), 'prose that holds no cell at all', cell('b'), cell(`answer: ${cited}`)),
    );
    await askInMemory({ root, repls: scriptedRepls() });
    root.calls.slice(1).forEach((messages, index) => {
      expect(messages.slice(0, root.calls[index]?.length)).toEqual(root.calls[index]);
    });
    expect(root.calls[0]?.map((message) => message.role)).toEqual(['system', 'user']);
  });

  test('an answer without citations, or with false ones, goes back once', async () => {
    const root = scriptedModel(inTurn(cell('answer: It is [src/no.ts:1].'), cell(`answer: ${cited}`)));
    const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(nudges(events)).toEqual(['citations']);
    expect(root.calls[1]?.at(-1)?.content).toContain('[src/no.ts:1]: the snapshot has no file of this path');
    expect(end).toMatchObject({ outcome: 'answered', answer: cited });
  });

  test('a model that insists gets its answer shown, unverified', async () => {
    const root = scriptedModel(inTurn(cell('answer: It is [src/no.ts:1].')));
    const { end } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end).toMatchObject({ outcome: 'answered', citations: [{ status: 'unverified' }] });
    expect(root.calls).toHaveLength(2);
  });

  test('prose without a cell is asked for one, then taken as the answer', async () => {
    const root = scriptedModel(
      inTurn('One is the value of the first constant.', 'It really is one, the first constant.'),
    );
    const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(nudges(events)).toEqual(['no-code', 'citations']);
    expect(end).toMatchObject({ outcome: 'answered', answer: 'It really is one, the first constant.' });
  });

  test('text that turns out to have been a thought is logged as one, and its cells are not run', async () => {
    const root = scriptedModel(() => [
      { kind: 'text', text: cell('answer: no') },
      { kind: 'was-thought' },
      { kind: 'text', text: cell(`answer: ${cited}`) },
      { kind: 'done', usage, finish: 'stop' },
    ]);
    const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end).toMatchObject({ outcome: 'answered', answer: cited });
    const reply = { text: cell(`answer: ${cited}`), reasoning: cell('answer: no') };
    expect(events.find((event) => event.type === 'model-end')).toMatchObject(reply);
  });

  test('what a model thinks is logged, not taken for its reply', async () => {
    const root = scriptedModel(() => [
      { kind: 'reasoning', text: cell('answer: no') },
      { kind: 'text', text: cell(`answer: ${cited}`) },
      { kind: 'done', usage, finish: 'stop' },
    ]);
    const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end.answer).toBe(cited);
    expect(events.find((event) => event.type === 'model-end')).toMatchObject({ reasoning: cell('answer: no') });
  });

  test('FINAL in prose is an answer', async () => {
    const { end } = await askInMemory({ root: scriptedModel(inTurn(`FINAL(${cited})`)), repls: scriptedRepls() });
    expect(end).toMatchObject({ outcome: 'answered', answer: cited });
  });

  test('FINAL_VAR in prose is run in the REPL', async () => {
    const codes: string[] = [];
    const repls = scriptedRepls((code) => {
      codes.push(code);
      return { answer: { content: cited, ready: true } };
    });
    const { end } = await askInMemory({ root: scriptedModel(inTurn('FINAL_VAR(result)')), repls });
    expect(codes).toEqual(['FINAL_VAR("result")']);
    expect(end.answer).toBe(cited);
  });

  test('a reply cut off inside its cell is not run', async () => {
    const root = scriptedModel((_, call) =>
      call === 0
        ? [
            { kind: 'text', text: '```repl\nwipe(' },
            { kind: 'done', usage, finish: 'length' },
          ]
        : cell(`answer: ${cited}`),
    );
    const { events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(nudges(events)).toEqual(['cut-off']);
    expect(events.filter((event) => event.type === 'cell-start')).toHaveLength(1);
  });

  const cutOff = (text: string) => [
    { kind: 'text', text } as const,
    { kind: 'done', usage, finish: 'length' } as const,
  ];
  const long = 'One is the first constant, defined at the top of its file, and two is the second one';

  test.each([
    ['prose', long],
    ['a declared answer', `Done.\nFINAL("${long}`],
    ['prose that quotes code', `${long}\n\`\`\`ts\nconst`],
    ['an answer within a cell', `Now:\n\`\`\`repl\nx = """one"""\nanswer["content"] = f"""${long}`],
    ['an answer that a cell declares', `\`\`\`repl\nFINAL(\n    '''${long}\n\`\`\`ts\n1\n\`\`\`\n`],
  ])('a last reply cut off at its length limit is shown, and said to be cut: %s', async (_, text) => {
    const root = scriptedModel((_, call) => (call === 0 ? cell('look') : cutOff(text)));
    const { end } = await askInMemory({ root, repls: scriptedRepls(), limits: { maxTurns: 2 } });
    expect(end.outcome).toBe('exhausted');
    expect(end.answer).toMatch(/^The answer was cut off at the reply's length limit:\n\nOne is the first constant/);
    expect(end.answer).not.toContain('FINAL');
  });

  test('prose cut off earlier is asked for again, shorter, and kept for want of a better one', async () => {
    const failure = { kind: 'server', message: 'The server is down.' } as const;
    const root = scriptedModel((_, call) => (call === 0 ? cutOff(long) : [{ kind: 'failed', failure }]));
    const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
    expect(nudges(events)).toEqual(['cut-off']);
    expect(root.calls[1]?.at(-1)?.content).toMatch(/^Your reply was cut off at its length limit and held no cell/);
    expect(end).toMatchObject({ outcome: 'failed', answer: expect.stringContaining(`limit:\n\n${long}`) });
  });

  test('a reply that is cut off before it says anything is no answer', async () => {
    const root = scriptedModel(() => cutOff('FINAL_VAR(resul'));
    const { end } = await askInMemory({ root, repls: scriptedRepls(), limits: { maxTurns: 2 } });
    expect(end.answer).toContain('No answer was found');
  });

  test('what a cell was about to answer with is kept, what it was about to compute is not', async () => {
    const root = scriptedModel(() => cutOff(`\`\`\`repl\nanswer["content"] = """${long}"""\nprompt = """${long}`));
    const { end } = await askInMemory({ root, repls: scriptedRepls(), limits: { maxTurns: 2 } });
    expect(end.answer).toContain('No answer was found');
  });

  test('a declaration beside a cell that was cut off is no answer', async () => {
    const text = `\`\`\`repl\nlook\n\`\`\`\nFINAL(${cited} (the first)\nand then it`;
    const root = {
      ...scriptedModel((_, call) => (call === 0 ? cutOff(text) : cell(`answer: ${cited}`))),
      profile: 'rlm' as const,
    };
    const { end } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end.answer).toBe(cited);
  });

  test('cells of one reply run in order until one fails', async () => {
    const ran: string[] = [];
    const repls = scriptedRepls((code) => {
      ran.push(code);
      return code === 'b' ? { status: 'error', error: 'NameError' } : {};
    });
    const root = scriptedModel(inTurn(`${cell('a')}\n${cell('b')}\n${cell('c')}`, cell(`answer: ${cited}`)));
    await askInMemory({ root, repls });
    expect(ran).toEqual(['a', 'b']);
    expect(root.calls[1]?.at(-1)?.content).toContain('NameError');
  });

  test('the last turn is forced, and what it answers counts', async () => {
    const root = scriptedModel((messages) =>
      messages.at(-1)?.content.includes('last turn') ? cell(`answer: ${cited}`) : cell('more()'),
    );
    const { end, events } = await askInMemory({ root, repls: scriptedRepls(), limits: { maxTurns: 3 } });
    expect(nudges(events)).toEqual(['last-turn']);
    expect(end).toMatchObject({ outcome: 'answered', answer: cited });
    expect(root.calls).toHaveLength(3);
  });

  test('a last turn without an answer: the best there is comes from the trajectory', async () => {
    const repls = scriptedRepls(() => ({ printed: 'src/a.ts: one = 1' }));
    const { end } = await askInMemory({ root: scriptedModel(inTurn(cell('more()'))), repls, limits: { maxTurns: 2 } });
    expect(end.outcome).toBe('exhausted');
    expect(end.answer).toContain('src/a.ts: one = 1');
  });

  test('a budget of calls ends with a partial answer, and is not overspent', async () => {
    const repls = scriptedRepls(() => ({ answer: { content: `So far: ${cited}`, ready: false } }));
    const root = scriptedModel(inTurn(cell('more()')));
    const { end } = await askInMemory({ root, repls, limits: { maxCalls: 3 } });
    expect(end).toMatchObject({ outcome: 'exhausted', answer: `So far: ${cited}` });
    expect(end.usage.modelCalls).toBe(3);
    expect(root.calls.at(-1)?.at(-1)?.content).toContain('last turn');
  });

  test('a conversation too long for the model is cut in the middle and finished', async () => {
    const tooLong = { kind: 'failed', failure: { kind: 'context-length', message: 'too long' } } as const;
    const root = scriptedModel((messages, call) => {
      if (call < 4) return cell('more()');
      return messages.length > 6 ? [tooLong] : cell(`answer: ${cited}`);
    });
    const { end } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end).toMatchObject({ outcome: 'exhausted', answer: cited });
    expect(root.calls.at(-1)?.map((message) => message.role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  describe('with a window that only the server knows', () => {
    const tooLong = { kind: 'failed', failure: { kind: 'context-length', message: 'too long' } } as const;
    const beyondOpening = (messages: readonly Message[]) =>
      messages.slice(2).reduce((sum, { content }) => sum + content.length, 0);
    /** Answers in its last turn, else runs a cell. */
    const windowOf = (chars: number, thought = '') =>
      scriptedModel((messages) => {
        if (beyondOpening(messages) > chars) return [tooLong];
        return messages.at(-1)?.content.includes('last turn')
          ? cell(`answer: ${cited}`)
          : `${thought}\n${cell('more()')}`;
      });
    const repls = () => scriptedRepls(() => ({ printed: 'seen '.repeat(4000) }));

    test.each([
      ['right after the first cell', 12_000, {}],
      ['in the last turn', 12_000, { maxTurns: 2 }],
      ['in the last turn, when the budget is nearly spent', 12_000, { maxCalls: 4, maxTokens: 12_000 }],
      ['again and again', 1500, {}],
      ['again and again in the last turn', 1500, { maxTurns: 2 }],
    ])('a conversation too long is shortened: %s', async (_, chars, limits) => {
      const root = windowOf(chars, 'thought '.repeat(2000));
      const { end, events } = await askInMemory({ root, repls: repls(), limits });
      expect(end).toMatchObject({ outcome: 'exhausted', answer: cited });
      expect(nudges(events)).toEqual(['last-turn']);
      expect(root.calls.at(-1)?.[1]).toEqual(root.calls[0]?.[1]);
    });

    test('a conversation of which nothing can be left out ends the run, and is not sent again', async () => {
      const root = windowOf(-1);
      const { end } = await askInMemory({ root, repls: repls() });
      expect(end).toMatchObject({ outcome: 'failed', reason: 'too long' });
      expect(root.calls).toHaveLength(1);
    });

    test('it is not shortened without end', async () => {
      const root = scriptedModel((_, call) => (call < 2 ? cell('more()') : [tooLong]));
      const { end } = await askInMemory({ root, repls: repls() });
      expect(end).toMatchObject({ outcome: 'failed', reason: 'too long', answer: expect.stringContaining('seen') });
      expect(root.calls.length).toBeLessThan(8);
    });
  });

  test('a model failure ends the run as failed, with the failure said', async () => {
    const failure = { kind: 'unauthorized', message: 'The key was refused.' } as const;
    const { end } = await askInMemory({
      root: scriptedModel(() => [{ kind: 'failed', failure }]),
      repls: scriptedRepls(),
    });
    expect(end).toMatchObject({ outcome: 'failed', reason: 'The key was refused.' });
    expect(end.answer).toContain('The key was refused.');
  });

  test('cancelling during a model call ends the run as cancelled with the answer so far', async () => {
    const stop = new AbortController();
    const root = scriptedModel((_, call, signal) => {
      if (call === 0) return cell('draft');
      stop.abort();
      return untilAborted(signal);
    });
    const repls = scriptedRepls(() => ({ answer: { content: `Draft ${cited}`, ready: false } }));
    const { end } = await askInMemory({ root, repls, signal: stop.signal });
    expect(end).toMatchObject({ outcome: 'cancelled', answer: `Draft ${cited}`, citations: [{ status: 'verified' }] });
  });

  test('cancelling during a cell ends the run as cancelled', async () => {
    const stop = new AbortController();
    const repls = scriptedRepls(async (_, __, signal) => {
      stop.abort();
      await untilAborted(signal);
      return { status: 'interrupted', error: 'stopped' };
    });
    const { end } = await askInMemory({ root: scriptedModel(inTurn(cell('loop'))), repls, signal: stop.signal });
    expect(end.outcome).toBe('cancelled');
  });

  test('when time is nearly up sub-agents end and the root has the last word', async () => {
    const clock = new ManualClock();
    const sub = scriptedModel((_, __, signal) => {
      clock.advance(90_000);
      return untilAborted(signal);
    });
    const root = scriptedModel((messages) =>
      messages.at(-1)?.content.includes('last turn') ? cell(`answer: ${cited}`) : cell('ask'),
    );
    const told: string[] = [];
    const repls = scriptedRepls(async (_, options, signal) => {
      await options.onCall({ op: 'llm_query', prompt: 'p' }, signal).catch((error: Error) => told.push(error.message));
      return {};
    });
    const { end } = await askInMemory({ root, sub, repls, clock, limits: { maxSeconds: 100 } });
    expect(told).toEqual(['the time limit of 100 s is nearly reached']);
    expect(end).toMatchObject({ outcome: 'exhausted', answer: cited });
    expect(clock.pendingTimers).toBe(0);
  });

  test('at the end of time the run ends, whatever the root does', async () => {
    const clock = new ManualClock();
    const root = scriptedModel((_, __, signal) => {
      clock.advance(101_000);
      return untilAborted(signal);
    });
    const { end } = await askInMemory({ root, repls: scriptedRepls(), clock, limits: { maxSeconds: 100 } });
    expect(end).toMatchObject({ outcome: 'exhausted', reason: 'the time limit of 100 s is reached' });
  });

  test('a workspace that cannot be read, or holds nothing, fails with what to do', async () => {
    const root = scriptedModel(inTurn(cell(`answer: ${cited}`)));
    const missing = await askInMemory({
      root,
      repls: scriptedRepls(),
      loadSnapshot: () => Promise.reject(new Error('No such folder: x')),
    });
    expect(missing.end).toMatchObject({ outcome: 'failed', reason: 'No such folder: x' });
    const empty = await askInMemory({ root, repls: scriptedRepls(), files: {} });
    expect(empty.end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('The folder is empty') });
    expect(root.calls).toHaveLength(0);
  });

  test('an interpreter that cannot be had fails the run instead of hanging it', async () => {
    const repls = { ...scriptedRepls(), open: () => Promise.reject(new Error('pyodide.asm.wasm is missing')) };
    const { end } = await askInMemory({ root: scriptedModel(inTurn(cell('x'))), repls });
    expect(end).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('pyodide.asm.wasm is missing') });
  });
});
