import { describe, expect, test } from 'vitest';
import { askInMemory } from '../support/ask.ts';
import { scriptedModel, usage } from '../support/scripted-model.ts';
import { cell, scriptedRepls } from '../support/scripted-repl.ts';

const cited = 'One is one [src/a.ts:1].';

test('a sub-prompt too long for its model is refused before it is sent, with the numbers', async () => {
  const results: unknown[] = [];
  const repls = scriptedRepls(async (_, { onCall }, signal) => {
    results.push(await onCall({ op: 'llm_batch', prompts: ['x'.repeat(40_000), 'short'] }, signal));
    results.push(await onCall({ op: 'llm_query', prompt: 'y'.repeat(40_000), model: 'root' }, signal));
    return {};
  });
  const root = scriptedModel((messages, call) =>
    messages[1]?.content.startsWith('y') ? 'read it all' : cell(call === 0 ? 'calls' : `answer: ${cited}`),
  );
  const sub = scriptedModel(() => 'read', { spec: 'ollama:small', contextTokens: 4096 });
  const { end, events } = await askInMemory({ root, sub, repls });
  const refusal =
    /the prompt has about 10,0\d\d tokens \(40,\d+ characters\), but ollama:small takes 4,096, so it was not sent; send parts of at most 1\d,\d{3} characters/;
  expect(results).toEqual([[{ error: expect.stringMatching(refusal) }, { ok: 'read' }], 'read it all']);
  expect(sub.calls).toHaveLength(1);
  expect(events).toContainEqual(expect.objectContaining({ type: 'refused', what: 'model call' }));
  expect(end).toMatchObject({ outcome: 'answered', usage: { byModel: expect.arrayContaining([]) } });
});

test('a root whose conversation outgrows a known window ends with what it has', async () => {
  const repls = scriptedRepls(() => ({ printed: 'z'.repeat(20_000) }));
  const root = scriptedModel(
    (messages) => cell(messages.at(-1)?.content.includes('last turn') ? `answer: ${cited}` : 'print'),
    { contextTokens: 9000 },
  );
  const { end } = await askInMemory({ root, repls });
  expect(end).toMatchObject({ outcome: 'exhausted', answer: cited, reason: expect.stringContaining('no longer fits') });
});

describe('the unchanged prefix of prompts', () => {
  const run = async () => {
    const repls = scriptedRepls(() => ({ printed: 'some output\n'.repeat(12) }));
    const root = scriptedModel((_, call) => cell(call < 8 ? `print(${call})` : `answer: ${cited}`));
    return askInMemory({ root, repls });
  };

  test('is at least nine tenths of each of the root’s requests after turn 3', async () => {
    const { events } = await run();
    const starts = events.flatMap((event) => (event.type === 'model-start' ? [event] : []));
    expect(starts).toHaveLength(9);
    expect(starts[0]?.unchangedChars).toBeUndefined();
    for (const { turn, promptChars, unchangedChars = 0 } of starts.filter((start) => start.turn > 3)) {
      expect(unchangedChars / promptChars, `turn ${turn}`).toBeGreaterThanOrEqual(0.9);
      expect(unchangedChars).toBeLessThan(promptChars);
    }
  });

  test('is reported for the run', async () => {
    const { end } = await run();
    expect(end.usage.prefixShare).toBeGreaterThan(0.85);
    expect(end.usage.prefixShare).toBeLessThan(1);
  });

  test('is not reported where no conversation went on', async () => {
    const root = scriptedModel(() => cell(`answer: ${cited}`));
    const { end } = await askInMemory({ root, repls: scriptedRepls() });
    expect(end.usage).not.toHaveProperty('prefixShare');
  });
});

test('the costs of a run are those of its price shapes, added up', async () => {
  const price = { input: 2, cachedInput: 0.5, output: 8, cacheWrite: 2.5 };
  const spent = [
    // Plain: 1,000 × $2 + 100 × $8 by the million.
    { ...usage, promptTokens: 1000, completionTokens: 100 },
    // Cached: 200 × $2 + 600 × $0.50 + 200 written × $2.50 + 100 × $8.
    { ...usage, promptTokens: 1000, cachedTokens: 600, cacheWriteTokens: 200, completionTokens: 100 },
    // Reasoning: part of the 1,000 completion tokens: 1,000 × $2 + 1,000 × $8.
    { ...usage, promptTokens: 1000, completionTokens: 1000, reasoningTokens: 900 },
    // As the provider reports it, whatever the table says.
    { ...usage, promptTokens: 1000, completionTokens: 100, costUsd: 0.0123 },
  ];
  const byHand = 0.0028 + 0.002 + 0.01 + 0.0123;
  const root = scriptedModel(
    (_, call) => [
      { kind: 'text', text: cell(call < 3 ? 'look' : `answer: ${cited}`) },
      { kind: 'done', usage: spent[call] ?? usage, finish: 'stop' },
    ],
    { price },
  );
  const { end, events } = await askInMemory({ root, repls: scriptedRepls() });
  const each = events.flatMap((event) => (event.type === 'model-end' ? [event.costUsd] : []));
  expect(each.map((cost) => cost?.toFixed(6))).toEqual(['0.002800', '0.002000', '0.010000', '0.012300']);
  expect(end.usage.costUsd).toBeCloseTo(byHand, 10);
});

test('the provider’s name for a request is in the log, of failures as well', async () => {
  const root = scriptedModel((_, call) =>
    call === 0
      ? [
          { kind: 'text', text: cell('look') },
          { kind: 'done', usage, finish: 'stop', requestId: 'req_1' },
        ]
      : [{ kind: 'failed', failure: { kind: 'server', message: 'down' }, requestId: 'req_2' }],
  );
  const { events } = await askInMemory({ root, repls: scriptedRepls() });
  const ids = events.flatMap((event) => (event.type === 'model-end' ? [event.requestId] : []));
  expect(ids).toEqual(['req_1', 'req_2']);
});
