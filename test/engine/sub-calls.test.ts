import { describe, expect, test } from 'vitest';
import type { HostCall } from '../../src/repl/host-call.ts';
import { type AskInMemory, askInMemory } from '../support/ask.ts';
import { scriptedModel, untilAborted } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';

const cited = 'One is one [src/a.ts:1].';

/** Runs `calls` in the root's first cell, one after another; what each came to. */
async function callFromRoot(calls: readonly HostCall[], options: Partial<AskInMemory> = {}) {
  const results: unknown[] = [];
  const repls = scriptedRepls(async (code, { onCall }, signal) => {
    if (code !== 'calls') return {};
    for (const call of calls)
      results.push(await onCall(call, signal).catch((error: Error) => `raised: ${error.message}`));
    return {};
  });
  const root = scriptedModel((messages) => {
    const turn = messages.filter((message) => message.role === 'assistant').length;
    const isRoot = messages[1]?.content.startsWith('Question:');
    return isRoot && turn === 0 ? cell('calls') : cell(`answer: ${isRoot ? cited : 'from the child'}`);
  });
  const run = await askInMemory({ root, repls, ...options });
  return { results, repls, ...run };
}

const child = (task: string, paths: readonly string[] | null = null) => ({ task, paths, texts: {} });

describe('sub-calls', () => {
  test('a batch keeps its order, and a failed item costs nothing but itself', async () => {
    const sub = scriptedModel((messages) => {
      const prompt = messages[1]?.content ?? '';
      if (prompt === 'b') return [{ kind: 'failed', failure: { kind: 'server', message: 'The server answered 500.' } }];
      return `re: ${prompt}`;
    });
    const { results, end } = await callFromRoot([{ op: 'llm_batch', prompts: ['a', 'b', 'c'] }], { sub });
    expect(results[0]).toEqual([
      { ok: 're: a' },
      { error: expect.stringContaining('The server answered 500.') },
      { ok: 're: c' },
    ]);
    expect(end.outcome).toBe('answered');
  });

  test('files with the names of what every object has are handed down as any other', async () => {
    const files = { 'src/a.ts': 'const one = 1;\n', constructor: 'a file', toString: 'another' };
    const calls = ['constructor', 'valueOf'].map((path): HostCall => ({ op: 'rlm_query', child: child(path, [path]) }));
    const { results, repls } = await callFromRoot(calls, { files });
    expect(results).toEqual(['from the child', expect.stringContaining('no such files: valueOf')]);
    const { index, texts } = repls.opened[1]?.corpus ?? {};
    expect([index?.map(([path]) => path), Object.keys(texts ?? {})]).toEqual([['constructor'], []]);
  });

  test('identical calls are answered from memory and shown as such; failures are not remembered', async () => {
    let failures = 0;
    const sub = scriptedModel((messages) =>
      messages[1]?.content === 'flaky' && failures++ === 0
        ? [{ kind: 'failed', failure: { kind: 'server', message: 'once' } }]
        : 'reply',
    );
    const query = (prompt: string): HostCall => ({ op: 'llm_query', prompt });
    const { results, events } = await callFromRoot(
      [query('p'), query('p'), query('flaky'), query('flaky'), { op: 'llm_batch', prompts: ['p', 'p'] }],
      { sub },
    );
    expect(results).toEqual([
      'reply',
      'reply',
      expect.stringContaining('once'),
      'reply',
      [{ ok: 'reply' }, { ok: 'reply' }],
    ]);
    expect(sub.calls).toHaveLength(3);
    expect(events.filter((event) => event.type === 'agent-start' && event.cachedFrom !== undefined)).toHaveLength(3);
  });

  test('a reply that another call was to make is not lost when that call is stopped', async () => {
    const first = new AbortController();
    const sub = scriptedModel((_, call, signal) => {
      if (call > 0) return 'reply';
      setTimeout(() => first.abort(new Error('its cell was interrupted')));
      return untilAborted(signal);
    });
    const results: unknown[] = [];
    const repls = scriptedRepls(async (code, { onCall }, signal) => {
      if (code !== 'calls') return {};
      const query: HostCall = { op: 'llm_query', prompt: 'p' };
      const asked = [first.signal, signal, signal].map((within) => onCall(query, within));
      results.push(...(await Promise.allSettled(asked)).map(({ status }) => status));
      return {};
    });
    const root = scriptedModel(() => (results.length === 0 ? cell('calls') : cell(`answer: ${cited}`)));
    await askInMemory({ root, repls, sub });
    expect(results).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(sub.calls).toHaveLength(2);
  });

  test('a reply that misses its schema is asked for once more, then refused', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] };
    const sub = scriptedModel((messages) => {
      const repeated = messages.length > 2;
      return messages[1]?.content.startsWith('good') ? (repeated ? 'Sure: {"n": 3}' : '{"n": "three"}') : 'no JSON';
    });
    const ask = (prompt: string): HostCall => ({ op: 'llm_query', prompt, schema });
    const { results, events } = await callFromRoot([ask('good'), ask('bad')], { sub });
    expect(results).toEqual([{ n: 3 }, expect.stringContaining('did not match the schema, twice')]);
    expect(events.filter((event) => event.type === 'nudge' && event.reason === 'schema')).toHaveLength(2);
  });

  test('a child gets the files it was given and no more', async () => {
    const files = { 'src/a.ts': 'const one = 1;\n', 'src/b.ts': 'const two = 2;\n' };
    const { results, repls } = await callFromRoot(
      [
        { op: 'rlm_query', child: { task: 'look', paths: ['src/b.ts'], texts: { note: 'made in Python' } } },
        { op: 'rlm_query', child: child('look', ['src/no.ts']) },
      ],
      { files },
    );
    expect(results).toEqual(['from the child', expect.stringContaining('no such files: src/no.ts')]);
    expect(repls.opened[1]?.corpus.index.map(([path]) => path)).toEqual(['src/b.ts']);
    expect(repls.opened[1]?.corpus.texts).toEqual({ note: 'made in Python' });
  });

  test('depth and fan-out are limits of the tree, told to the model', async () => {
    const deep = await callFromRoot([{ op: 'rlm_query', child: child('x') }], { limits: { maxDepth: 0 } });
    expect(deep.results).toEqual([expect.stringContaining('depth limit (0)')]);
    const wide = await callFromRoot([{ op: 'llm_batch', prompts: ['a', 'b', 'c'] }], { limits: { maxFanOut: 2 } });
    expect(wide.results).toEqual([expect.stringContaining('2 items')]);
    expect(wide.events.some((event) => event.type === 'refused' && event.what === 'llm_batch')).toBe(true);
  });

  test('a batch larger than the budget: what fits is answered, the rest refused, one call kept for the root', async () => {
    const sub = scriptedModel(() => 'ok');
    const { results, end } = await callFromRoot([{ op: 'llm_batch', prompts: ['1', '2', '3', '4', '5', '6'] }], {
      sub,
      limits: { maxCalls: 5 },
    });
    const items = results[0] as readonly ({ ok: string } | { error: string })[];
    expect(items.filter((item) => 'ok' in item)).toHaveLength(3);
    expect(items.filter((item) => 'error' in item && item.error.includes('5 model calls'))).toHaveLength(3);
    expect(end.usage.modelCalls).toBe(5);
    expect(end).toMatchObject({ outcome: 'exhausted', answer: cited });
  });

  test('never more requests at once than allowed', async () => {
    let flying = 0;
    let most = 0;
    const sub = scriptedModel(async () => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setTimeout(resolve, 1));
      flying--;
      return 'ok';
    });
    const prompts = Array.from({ length: 40 }, (_, index) => `p${index}`);
    await callFromRoot([{ op: 'llm_batch', prompts }], { sub, limits: { maxConcurrent: 7 } });
    expect(most).toBe(7);
  });

  test('the first of a batch are asked while the others are still being prepared', async () => {
    let preparedWhenAsked: number | undefined;
    let prepared = 0;
    const sub = scriptedModel(() => {
      preparedWhenAsked ??= prepared;
      return 'ok';
    });
    const prompts = Array.from({ length: 64 }, (_, index) => `p${index}`);
    await callFromRoot([{ op: 'llm_batch', prompts }], {
      sub,
      onEvent: (event) => {
        if (event.type === 'agent-start' && event.parentId === 'a0') prepared++;
      },
    });
    expect(prepared).toBe(64);
    expect(preparedWhenAsked).toBeLessThan(5);
  });

  test('stopping one agent ends its branch; the run goes on', async () => {
    const sub = scriptedModel((_, __, signal) => untilAborted(signal));
    const { results, end } = await callFromRoot([{ op: 'llm_query', prompt: 'p' }], {
      sub,
      onEvent: (event, run) => {
        if (event.type === 'model-start' && event.parentId === 'a0') queueMicrotask(() => run.stopAgent(event.agentId));
      },
    });
    expect(results).toEqual(['raised: this agent was stopped by the user']);
    expect(end.outcome).toBe('answered');
  });

  test('a child whose citations are false is asked once, then marked', async () => {
    const root = scriptedModel((messages) => {
      const turn = messages.filter((message) => message.role === 'assistant').length;
      if (!messages[1]?.content.startsWith('Question:')) return cell('answer: See [src/zzz.ts:4].');
      return turn === 0 ? cell('calls') : cell(`answer: ${cited}`);
    });
    const { results } = await callFromRoot([{ op: 'rlm_query', child: child('x') }], { root });
    expect(results).toEqual(['See [src/zzz.ts:4].\n[host: 1 of 1 citations in this answer could not be verified]']);
    expect(root.calls).toHaveLength(4);
  });

  test('budget() shows what is used and what the limits are', async () => {
    const { results } = await callFromRoot([{ op: 'budget' }], { limits: { maxCalls: 9 } });
    expect(results[0]).toMatchObject({ calls: 1, maxCalls: 9, tokens: 110 });
  });
});
