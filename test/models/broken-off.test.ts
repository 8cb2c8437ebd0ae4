import { describe, expect, it } from 'vitest';
import { remoteModel } from '../../src/models/node/remote-model.ts';
import { presetOf } from '../../src/models/providers/presets.ts';
import { startWireServer, type WireAnswer } from './conformance/wire-server.ts';
import { ask } from './openai-harness.ts';

/** Asks a server that gives these answers, one for each request. */
async function asked(provider: 'anthropic' | 'openai', ...answers: readonly WireAnswer[]) {
  let request = 0;
  const server = await startWireServer(() => answers[request++] ?? { status: 500 });
  const baseUrl = provider === 'anthropic' ? server.origin : `${server.origin}/v1`;
  const preset = presetOf(provider);
  const model = remoteModel({ preset, model: 'test-model', baseUrl, apiKey: 'key-1234', sleep: async () => undefined });
  const result = await ask(model);
  await server.close();
  return result;
}

const start = { type: 'message_start', message: { usage: { input_tokens: 300, output_tokens: 1 } } };
const delta = (text: string) => ({ type: 'content_block_delta', delta: { type: 'text_delta', text } });

describe('a reply of Anthropic’s that broke off', () => {
  it('is counted by what came, not by the count it began with', async () => {
    const { end } = await asked('anthropic', { sse: [start, delta('z'.repeat(4000))], cut: true });
    const usage = { promptTokens: 300, completionTokens: 1000, estimated: true };
    expect(end).toMatchObject({ kind: 'failed', usage });
  });

  it('is counted as told when its end came', async () => {
    const told = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } };
    const { end } = await asked('anthropic', { sse: [start, delta('z'.repeat(4000)), told] });
    expect(end).toMatchObject({ kind: 'done', usage: { promptTokens: 300, completionTokens: 7, estimated: false } });
  });
});

describe('attempts that broke off and were made again', () => {
  const told = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } };
  const thinking = { type: 'content_block_delta', delta: { type: 'thinking_delta', thinking: 'z'.repeat(4000) } };
  const broken = { sse: [start, thinking], cut: true };

  it('are counted with the one that succeeded', async () => {
    const { events, end } = await asked('anthropic', broken, broken, { sse: [start, delta('hello'), told] });
    expect(events.filter(({ kind }) => kind === 'retry')).toHaveLength(2);
    const usage = { promptTokens: 900, completionTokens: 2007, estimated: true };
    expect(end).toMatchObject({ kind: 'done', usage });
  });

  it('are counted when none did', async () => {
    const { end } = await asked('anthropic', broken, { status: 401, body: { error: { message: 'no' } } });
    const usage = { promptTokens: 300, completionTokens: 1000 };
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorized' }, usage });
  });

  it('leave the cost that was told in force', async () => {
    const lost = { choices: [{ delta: { reasoning: 'z'.repeat(4000) } }] };
    const whole = {
      choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100, completion_tokens: 10, cost: 0.5 },
    };
    const { end } = await asked('openai', { sse: [lost], cut: true }, { body: whole });
    expect(end).toMatchObject({ kind: 'done', usage: { completionTokens: 1010, costUsd: 0.5 } });
  });

  it('that took nothing change nothing', async () => {
    const whole = { sse: [start, delta('hello'), told] };
    const { end } = await asked('anthropic', { status: 503, body: {} }, whole);
    expect(end).toEqual((await asked('anthropic', whole)).end);
  });
});
