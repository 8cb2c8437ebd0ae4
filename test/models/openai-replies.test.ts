import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../support/script.ts';
import { startWireServer } from './conformance/wire-server.ts';
import { ask, hello, modelOf, openAiModel, serve, serveTurns } from './openai-harness.ts';

const usage = (prompt: number, completion: number, more: object = {}) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  ...more,
});

describe.each([
  ['streamed', {}],
  ['sent whole', { nonStream: true }],
] as const)('a reply that is %s', (_, form: Turn) => {
  it('arrives with its usage', async () => {
    const server = await serveTurns({ ...form, text: 'An answer.', usage: usage(7, 3) });
    const { text, end } = await ask(modelOf(server).model);
    expect(text).toBe('An answer.');
    const counted = { promptTokens: 7, completionTokens: 3, cachedTokens: 0, estimated: false };
    expect(end).toEqual({ kind: 'done', finish: 'stop', usage: counted });
  });

  it('keeps reasoning apart from the text', async () => {
    const server = await serveTurns({ ...form, reasoning: 'Let me think of it.', text: 'Yes.' });
    expect(await ask(modelOf(server).model)).toMatchObject({ reasoning: 'Let me think of it.', text: 'Yes.' });
  });

  it.each([
    ['<think>\nIs it?\n```repl\nprint(1)\n```\n</think>\n\nYes.', 'Yes.', '\nIs it?\n```repl\nprint(1)\n```\n'],
    ['\n<think>\n\n</think>\n\n{"a": 1}', '{"a": 1}', '\n\n'],
    ['Is it? It is.\n</think>\n\nYes.', 'Yes.', 'Is it? It is.\n'],
    ['It is.</think>Yes.', 'Yes.', 'It is.'],
    ['<think>Is it? a < b, <b>, </', '', 'Is it? a < b, <b>, </'],
  ])('keeps a thought between tags apart from the text: %j', async (content, text, reasoning) => {
    for (const chunkChars of [1, 3, 7, 500]) {
      const server = await serveTurns({ ...form, text: content, chunkChars });
      expect(await ask(modelOf(server).model)).toMatchObject({ text, reasoning });
    }
  });

  it.each([
    'It looks for `<think>` and `</think>`.\n</think>\nends it.',
    'A parser of </think> tags:\n</think>\nends it.',
    'Models write <think>\nso\n</think>\nfirst.',
    '<thinking> is another tag, <think> too. </thi',
    'a < b <',
  ])('leaves the tags in a text that speaks of them: %j', async (text) => {
    for (const chunkChars of [1, 3, 7, 500]) {
      const server = await serveTurns({ ...form, text, chunkChars });
      expect(await ask(modelOf(server).model)).toMatchObject({ text, reasoning: '' });
    }
  });

  it('tells cached tokens and the cost that the provider reports', async () => {
    const reported = usage(100, 10, { prompt_tokens_details: { cached_tokens: 80 }, cost: 0.0042 });
    const server = await serveTurns({ ...form, text: 'x', usage: reported });
    const { end } = await ask(modelOf(server).model);
    expect(end).toMatchObject({ usage: { promptTokens: 100, cachedTokens: 80, costUsd: 0.0042, estimated: false } });
  });

  it.each([null, usage(0, 0), { prompt_tokens: 'many' }])('estimates usage when the provider says %j', async (said) => {
    const server = await serveTurns({ ...form, text: 'x'.repeat(40), reasoning: 'y'.repeat(8), usage: said });
    const { end } = await ask(modelOf(server).model);
    // 18 characters of prompt, 40 + 8 of reply.
    expect(end).toMatchObject({ usage: { promptTokens: 5, completionTokens: 12, estimated: true } });
  });

  it('says when the length limit ended it', async () => {
    const server = await serveTurns({ ...form, text: 'half', finish: 'length' });
    expect((await ask(modelOf(server).model)).end).toMatchObject({ kind: 'done', finish: 'length' });
  });

  it('refuses by the content filter', async () => {
    const server = await serveTurns({ ...form, text: 'so', finish: 'content_filter' });
    expect((await ask(modelOf(server).model)).end).toMatchObject({ kind: 'failed', failure: { kind: 'refused' } });
  });
});

it('keeps a thought apart though events without a choice come before and in it, as from Azure', async () => {
  const piece = (content: string, finish_reason: string | null = null) => ({
    choices: [{ index: 0, delta: { content }, finish_reason }],
  });
  const none = { choices: [], prompt_filter_results: [] };
  const sse = [none, piece('<thi'), none, piece('nk>Is it?</th'), none, piece('ink>Yes.', 'stop'), '[DONE]'];
  const server = await startWireServer({ sse });
  const reply = await ask(modelOf({ url: server.origin }).model);
  expect(reply).toMatchObject({ text: 'Yes.', reasoning: 'Is it?' });
  await server.close();
});

it.each(['text/plain', 'application/json'])('reads a stream that a proxy calls %s', async (type) => {
  const piece = (content: string) => ({ choices: [{ index: 0, delta: { content } }] });
  const headers = { 'content-type': type };
  const whole = await startWireServer({ sse: [': hello', piece('An '), piece('answer.'), '[DONE]'], headers });
  expect(await ask(modelOf({ url: whole.origin }).model)).toMatchObject({ text: 'An answer.', end: { kind: 'done' } });
  await whole.close();
  const cut = await startWireServer({ sse: [piece('An ')], headers });
  expect((await ask(modelOf({ url: cut.origin }).model)).end).toMatchObject({ failure: { kind: 'unreachable' } });
  await cut.close();
});

it('sends what the protocol wants, and the key', async () => {
  const server = await serveTurns('ok');
  await ask(modelOf(server, { headers: { 'x-team': 'blue' } }).model, { ...hello, maxOutputTokens: 99 });
  expect(server.requests[0]?.body).toEqual({
    model: 'test-model',
    messages: hello.messages,
    stream: true,
    stream_options: { include_usage: true },
    max_completion_tokens: 99,
  });
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer sk-test-0123456789abcdefghij',
    'x-team': 'blue',
  });
});

it('sends no empty message, which some refuse, for a reply that had no text', async () => {
  const server = await serveTurns('ok');
  const messages = [
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: '\n' },
    { role: 'user', content: 'Well?' },
  ] as const;
  await ask(modelOf(server).model, { messages });
  expect(server.requests[0]?.body.messages).toEqual([
    messages[0],
    { role: 'assistant', content: '(empty)' },
    messages[2],
  ]);
});

it('sends the key it was given or none, whatever the environment holds', async () => {
  const names = ['OPENAI_API_KEY', 'OPENAI_ADMIN_KEY', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID', 'OPENAI_CUSTOM_HEADERS'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = 'x-leak: from-the-environment';
  try {
    const server = await serveTurns('ok');
    expect((await ask(openAiModel({ model: 'm', baseUrl: server.url }))).text).toBe('ok');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    await ask(openAiModel({ model: 'm', baseUrl: server.url, apiKey: 'sk-given-1234' }));
    expect(server.requests[1]?.headers.authorization).toBe('Bearer sk-given-1234');
    expect(JSON.stringify(server.requests.map((request) => request.headers))).not.toContain('from-the-environment');
  } finally {
    names.forEach((name, i) => {
      const value = before[i];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    });
  }
});

it('reuses connections', async () => {
  const server = await serveTurns('ok');
  const { model } = modelOf(server);
  for (let i = 0; i < 3; i++) await ask(model);
  expect(server.stats).toMatchObject({ calls: 3, aborted: 0, inFlight: 0 });
});

describe('a server that knows less of the protocol', () => {
  const refusing = (field: string, message: string) =>
    serve((request) => {
      const body = JSON.stringify(server().requests.at(-1)?.body);
      return body.includes(`"${field}":`) && !body.includes(`"${field}":false`)
        ? { status: 400, body: { error: { message } } }
        : `turn ${request.turn}`;
    }).then((started) => {
      current = started;
      return started;
    });
  let current: Awaited<ReturnType<typeof serve>> | undefined;
  const server = () => current ?? expect.fail('no server');

  it.each([
    ['stream_options', 'Unknown field: stream_options', { stream: true }],
    ['stream', 'streaming is not supported by this model', { stream: false }],
    ['max_completion_tokens', "Unrecognized argument: 'max_completion_tokens'", { max_tokens: 50 }],
  ])('refuses %s: is asked without it, once and for all', async (field, message, simpler) => {
    const started = await refusing(field, message);
    const { model, waits } = modelOf(started);
    const request = { ...hello, maxOutputTokens: 50 };
    expect((await ask(model, request)).text).toBe('turn 0');
    expect((await ask(model, request)).text).toBe('turn 0');
    expect(started.stats.calls).toBe(3);
    expect(started.requests.at(-1)?.body).toMatchObject(simpler);
    expect(started.requests.at(-1)?.body).not.toHaveProperty(field, true);
    expect(waits).toEqual([]);
  });

  it('finds out by many calls at once and answers them all', async () => {
    const started = await refusing('stream_options', 'stream_options is not supported');
    const { model } = modelOf(started);
    const replies = await Promise.all(Array.from({ length: 20 }, () => ask(model)));
    expect(replies.map((reply) => reply.text)).toEqual(Array(20).fill('turn 0'));
  });

  it('refuses for another reason: nothing is given up', async () => {
    const started = await serveTurns({ status: 400, body: { error: { message: 'messages[0] is strange' } } });
    const { end } = await ask(modelOf(started).model);
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'bad-response' } });
    expect(started.stats.calls).toBe(1);
  });
});

it('hands on any text, however it is cut into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 1, max: 9 }),
      async (said, size) => {
        const server = await serveTurns({ text: said, chunkChars: size });
        expect((await ask(modelOf(server).model)).text).toBe(said);
        await server.close();
      },
    ),
    { numRuns: 25 },
  );
});
