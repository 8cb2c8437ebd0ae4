import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/models/node/create-model.ts';
import { contextLimitIn, outputLimitIn } from '../../src/models/wire/context-limit.ts';
import type { ScriptedServer } from '../support/scripted-server.ts';
import { startWireServer, type WireAnswer } from './conformance/wire-server.ts';
import { ask, modelOf, serve, serveTurns } from './openai-harness.ts';

describe('the window that a refusal tells', () => {
  it.each([
    [
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 190012 tokens.",
      128_000,
    ],
    ['You passed 1015 input tokens. However, the model’s context length is only 1024 tokens.', 1024],
    ['prompt is too long: 210433 tokens > 200000 maximum', 200_000],
    ['the request exceeds the available context size (4096 tokens), try increasing it', 4096],
    ['{"error":{"n_prompt_tokens":9000,"n_ctx":8192}}', 8192],
    ['Prompt contains 40012 tokens and 0 draft tokens, too large for model with 32768 maximum context length', 32_768],
    ['The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).', 1_048_576],
    ['`inputs` tokens + `max_new_tokens` must be <= 32769. Given: 40000', 32_769],
    ['the model is loaded with context length of only 4096 tokens, which is not enough', 4096],
    ['Request too large on tokens per min (TPM): Limit 30000, Requested 35000.', 30_000],
    ['input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length or', 200_000],
    ['The decoder prompt (length 9000) is longer than the maximum model length of 8192. Make sure that', 8192],
    ['The engine prompt length 1327246 exceeds the max_model_len 196608. Please reduce prompt.', 196_608],
    ['The prompt (total length 25938) is too long to fit into the model (context length 4096).', 4096],
    ['Input length (40000 tokens) exceeds the maximum allowed length (32768 tokens). Use a shorter input', 32_768],
    ['Input length 131393 exceeds the maximum allowed input length of 131040 tokens.', 131_040],
    ['initial prompt is greater than the context length (n_keep: 13055>= n_ctx: 4096). Try to load', 4096],
    ["This model's maximum prompt length is 131072 but the request contains 537812 tokens.", 131_072],
    ['Invalid request: Your request exceeded model token limit: 262144 (requested: 269030)', 262_144],
    ['Range of input length should be [1, 129024]', 129_024],
    ['The input token count exceeds the maximum number of tokens allowed 1048576.', 1_048_576],
    ['input length exceeds the context length', undefined],
    ['Your input exceeds the context window of this model.', undefined],
    ['maximum context length is 7 tokens', undefined],
  ])('%s', (refusal, tokens) => {
    expect(contextLimitIn(refusal)).toBe(tokens);
  });
});

describe('the longest reply that a refusal tells', () => {
  it.each([
    ['max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you …', 16_384],
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8192],
    ['max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens for claude', 64_000],
    ['`max_completion_tokens` must be less than or equal to `32768`, the maximum value for', 32_768],
    ["Unsupported parameter: 'max_tokens' is not supported with this model.", undefined],
    ["This model's maximum context length is 128000 tokens.", undefined],
  ])('%s', (refusal, tokens) => {
    expect(outputLimitIn(refusal)).toBe(tokens);
  });

  it('is what is asked for from then on', async () => {
    let server: ScriptedServer | undefined;
    server = await serve(() => {
      const { body } = server?.requests.at(-1) ?? {};
      const error = { message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]' };
      return Number(body?.max_completion_tokens) > 8192 ? { status: 400, body: { error } } : 'short';
    });
    const { model } = modelOf(server);
    const request = { messages: [{ role: 'user', content: 'Hello' }], maxOutputTokens: 32_000 } as const;
    expect((await ask(model, request)).text).toBe('short');
    expect((await ask(model, request)).text).toBe('short');
    expect(model.maxOutputTokens).toBe(8192);
    expect(server.requests.map(({ body }) => body.max_completion_tokens)).toEqual([32_000, 8192, 8192]);
  });
});

describe('a model whose window is learnt', () => {
  it('keeps its reply limit when the refusal names the field of it', async () => {
    const message =
      "'max_tokens' or 'max_completion_tokens' is too large: 16000. This model's maximum context length is 8192 tokens and your request has 10 input tokens (16000 > 8192 - 10).";
    let server: ScriptedServer | undefined;
    server = await serve(() => {
      const { body } = server?.requests.at(-1) ?? {};
      return Number(body?.max_completion_tokens ?? body?.max_tokens ?? 0) > 8182
        ? { status: 400, body: { error: { message } } }
        : 'fits';
    });
    const { model } = modelOf(server);
    const request = { messages: [{ role: 'user', content: 'Hello there' }], maxOutputTokens: 16_000 } as const;
    expect((await ask(model, request)).text).toBe('fits');
    expect(model.contextTokens).toBe(Math.floor(8192 * 0.85));
    expect(server.stats.calls).toBe(2);
    expect(server.requests[1]?.body.max_completion_tokens).toBeGreaterThan(4000);
  });

  const refusal = {
    error: { message: "This model's maximum context length is 2048 tokens. However, you requested 16010." },
  };
  let current: ScriptedServer | undefined;
  const windowed = () =>
    serve(() => {
      const { body } = current?.requests.at(-1) ?? {};
      return Number(body?.max_completion_tokens) > 2040 ? { status: 400, body: refusal } : 'fits';
    });

  it('is asked again for a shorter reply, and at once the next time', async () => {
    current = await windowed();
    const { model } = modelOf(current);
    const request = { messages: [{ role: 'user', content: 'Hello there' }], maxOutputTokens: 16_000 } as const;
    expect(model.contextTokens).toBeUndefined();
    expect((await ask(model, request)).text).toBe('fits');
    expect(model.contextTokens).toBe(Math.floor(2048 * 0.85));
    expect((await ask(model, request)).text).toBe('fits');
    expect(current.stats.calls).toBe(3);
  });

  it('is not asked again for a reply that ran into the end of the window, and has been passed on so far', async () => {
    const message = 'Reached context length of 4096 tokens, but this model does not currently support …';
    const events = [{ choices: [{ index: 0, delta: { content: 'abcd' } }] }, { error: message }];
    const server = await startWireServer({ sse: events });
    const { model } = modelOf({ url: server.origin });
    const request = { messages: [{ role: 'user', content: 'Hello there' }], maxOutputTokens: 16_000 } as const;
    const { text, end } = await ask(model, request);
    expect({ text, end }).toMatchObject({ text: 'abcd', end: { failure: { kind: 'context-length' } } });
    expect(server.requests).toHaveLength(1);
    expect(model.contextTokens).toBe(Math.floor(4096 * 0.85));
    await server.close();
  });

  it('is not asked again when the prompt itself is too long', async () => {
    const server = await serveTurns({ status: 400, body: refusal });
    const { model } = modelOf(server);
    const { end } = await ask(model, { messages: [{ role: 'user', content: 'x'.repeat(40_000) }] });
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'context-length' } });
    expect(server.stats.calls).toBe(1);
  });

  it('never asks for a longer reply than the model gives', async () => {
    const server = await serveTurns('ok');
    const { model } = modelOf(server, { maxOutputTokens: 1000 });
    await ask(model, { messages: [{ role: 'user', content: 'hi' }], maxOutputTokens: 32_000 });
    expect(server.requests[0]?.body.max_completion_tokens).toBe(1000);
  });
});

describe('the window of an Ollama, which would cut a longer prompt without a word', () => {
  const reply = { body: { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] } };
  const ollamaAt = (answer: (path: string) => WireAnswer | Promise<WireAnswer> | undefined) =>
    startWireServer(({ path }) => answer(path) ?? reply);
  const modelAt = (origin: string) => {
    const offline = () => expect.fail('not offline');
    const created = createModel('ollama:small', { baseUrl: `${origin}/v1`, offline });
    return created.kind === 'ok' ? created.model : expect.fail(created.problem);
  };
  const request = { messages: [{ role: 'user', content: 'Hello there' }], maxOutputTokens: 16_000 } as const;

  it('is asked for once, before the first request, and bounds prompts and replies', async () => {
    const models = [
      { name: 'other', context_length: 9 },
      { name: 'small:latest', context_length: 4096 },
    ];
    const server = await ollamaAt((path) => (path === '/api/ps' ? { body: { models } } : undefined));
    const model = modelAt(server.origin);
    const replies = await Promise.all([ask(model, request), ask(model, request), ask(model, request)]);
    expect(replies.map(({ text }) => text)).toEqual(['hi', 'hi', 'hi']);
    expect(model.contextTokens).toBe(Math.floor(4096 * 0.85));
    expect(server.requests.filter(({ path }) => path === '/api/ps')).toHaveLength(1);
    const limits = server.requests.flatMap(({ body }) => body.max_tokens ?? []);
    expect(limits).toHaveLength(3);
    for (const limit of limits) expect(limit).toBeLessThan(4096);
    await server.close();
  });

  it.each([0, 1, 1e15, -1, '4096', null])('stays unknown when it is told to be %j', async (told) => {
    const models = [{ name: 'small:latest', context_length: told }];
    const server = await ollamaAt((path) => (path === '/api/ps' ? { body: { models } } : undefined));
    const model = modelAt(server.origin);
    expect((await ask(model, request)).text).toBe('hi');
    expect(model.contextTokens).toBeUndefined();
    expect(server.requests.at(-1)?.body.max_tokens).toBe(16_000);
    await server.close();
  });

  it('stays unknown when it was found to be none', () => {
    const offline = () => expect.fail('not offline');
    const created = createModel('ollama:small', { contextTokens: 0, offline });
    expect(created).toMatchObject({ kind: 'ok', model: { contextTokens: undefined } });
  });

  it('is asked for behind a prefix as well', async () => {
    const models = [{ name: 'small:latest', context_length: 4096 }];
    const server = await ollamaAt((path) =>
      path === '/ollama/api/ps' ? { body: { models } } : path.startsWith('/api/') ? { status: 404 } : undefined,
    );
    const model = modelAt(`${server.origin}/ollama`);
    expect((await ask(model, request)).text).toBe('hi');
    expect(model.contextTokens).toBe(Math.floor(4096 * 0.85));
    await server.close();
  });

  /** An Ollama that takes its time to load the model. */
  async function loading() {
    const loaded = Promise.withResolvers<WireAnswer>();
    const models = [{ name: 'small:latest', context_length: 4096 }];
    const server = await ollamaAt((path) =>
      path === '/api/generate' ? loaded.promise : path === '/api/ps' ? { body: { models } } : undefined,
    );
    const asked = () => expect.poll(() => server.requests.length).toBe(1);
    return { server, model: modelAt(server.origin), asked, load: () => loaded.resolve({ body: {} }) };
  }

  it('lets whoever is stopped go while others wait for it', async () => {
    const { server, model, asked, load } = await loading();
    const stop = new AbortController();
    const first = ask(model, request);
    await asked();
    const second = ask(model, request, stop.signal);
    stop.abort(new Error('stop'));
    expect((await second).end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    load();
    expect((await first).text).toBe('hi');
    await server.close();
  });

  it('is still waited for when the one that asked for it first is stopped', async () => {
    const { server, model, asked, load } = await loading();
    const stop = new AbortController();
    const first = ask(model, request, stop.signal);
    await asked();
    const second = ask(model, request);
    stop.abort(new Error('stop'));
    expect((await first).end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    load();
    expect((await second).text).toBe('hi');
    expect(model.contextTokens).toBe(Math.floor(4096 * 0.85));
    expect(server.requests.at(-1)?.body.max_tokens).toBeLessThan(4096);
    await server.close();
  });

  it('is asked for anew once all that waited for it were stopped', async () => {
    const { server, model, asked, load } = await loading();
    const stop = new AbortController();
    const first = ask(model, request, stop.signal);
    await asked();
    stop.abort(new Error('stop'));
    expect((await first).end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    load();
    expect((await ask(model, request)).text).toBe('hi');
    expect(model.contextTokens).toBe(Math.floor(4096 * 0.85));
    await server.close();
  });

  it('stays unknown when it is not told, and the question is asked all the same', async () => {
    const server = await ollamaAt((path) => (path.startsWith('/api/') ? { status: 404, html: 'no' } : undefined));
    const model = modelAt(server.origin);
    expect((await ask(model, request)).text).toBe('hi');
    expect(model.contextTokens).toBeUndefined();
    await server.close();
  });
});

it.each([
  [
    'vllm',
    {
      data: [
        { id: 'other', max_model_len: 9 },
        { id: 'mine', max_model_len: 32_768 },
      ],
    },
  ],
  ['groq', { data: [{ id: 'mine', context_window: 32_768 }] }],
  ['together', [{ id: 'mine', context_length: 32_768 }]],
  ['mistral', { data: [{ id: 'mine', max_context_length: 32_768 }] }],
])('the window that %s tells in its list of models is asked for with its key', async (provider, list) => {
  const reply = { body: { choices: [{ message: { content: 'hi' }, finish_reason: 'stop' }] } };
  const server = await startWireServer(({ path }) => (path === '/v1/models' ? { body: list } : reply));
  const offline = () => expect.fail('not offline');
  const options = { baseUrl: `${server.origin}/v1/`, apiKey: 'key-0123456789', offline };
  const created = createModel(`${provider}:mine`, options);
  if (created.kind === 'problem') return expect.fail(created.problem);
  for (let i = 0; i < 2; i++) await ask(created.model, { messages: [{ role: 'user', content: 'Hello' }] });
  expect(created.model.contextTokens).toBe(Math.floor(32_768 * 0.85));
  expect(server.requests.map(({ path }) => path).filter((path) => path === '/v1/models')).toHaveLength(1);
  expect(server.requests[0]?.headers.authorization).toBe('Bearer key-0123456789');
  await server.close();
});
