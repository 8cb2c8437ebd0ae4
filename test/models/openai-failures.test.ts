import { describe, expect, it } from 'vitest';
import { ask, failureOf, modelOf, serve, serveTurns, testKey } from './openai-harness.ts';

const error = (status: number, message: string, more: object = {}) => ({
  status,
  body: { error: { message, ...more } },
});

describe('an error answer', () => {
  it.each([401, 403])('%i names the key and the host', async (status) => {
    const server = await serveTurns(error(status, 'Incorrect API key provided'));
    const failure = await failureOf(server);
    expect(failure.kind).toBe('unauthorized');
    expect(failure.message).toContain('OPENAI_API_KEY');
    expect(failure.message).toContain(new URL(server.url).host);
    expect(server.stats.calls).toBe(1);
  });

  it.each([
    error(404, 'The model does not exist'),
    { status: 404, body: '<html>Not Found</html>' },
    error(400, 'nope/nothing is not a valid model ID'),
  ])('of an unknown model names it and the base URL: %j', async (turn) => {
    const server = await serveTurns(turn);
    const failure = await failureOf(server);
    expect(failure.kind).toBe('unknown-model');
    expect(failure.message).toContain('"test-model"');
    expect(failure.message).toContain(server.url);
  });

  it.each([
    ['OpenAI', error(400, 'Too much.', { code: 'context_length_exceeded' })],
    ['vLLM', error(400, "This model's maximum context length is 1024 tokens. However, you requested 2000 tokens.")],
    [
      'vLLM 0.16',
      error(400, "You passed 1015 input tokens. However, the model's context length is only 1024 tokens.", {
        code: 400,
      }),
    ],
    ['llama.cpp', error(400, 'the request exceeds the available context size', { type: 'exceed_context_size_error' })],
    ['Ollama', { status: 400, body: { error: 'input length exceeds the context length' } }],
    [
      'LM Studio',
      { status: 400, body: { error: 'Trying to keep the first 9 tokens when context the overflows. However, …' } },
    ],
    ['LM Studio with status 200', { body: { error: 'Context size has been exceeded.' } }],
    [
      'vLLM, of the engine',
      error(400, 'The decoder prompt (length 9000) is longer than the maximum model length of 8192.'),
    ],
    ['vLLM 0.6', error(400, 'The prompt (total length 9000) is too long to fit into the model (context length 4096).')],
    [
      'LM Studio 0.4',
      {
        status: 400,
        body: {
          error:
            'The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input',
        },
      },
    ],
    [
      'LM Studio in mid-reply',
      {
        body: {
          error:
            'Reached context length of 4096 tokens, but this model does not currently support mid-generation context overflow.',
        },
      },
    ],
    ['xAI', error(400, "This model's maximum prompt length is 131072 but the request contains 537812 tokens.")],
    ['Moonshot', error(400, 'Invalid request: Your request exceeded model token limit: 262144 (requested: 269030)')],
    ['Zhipu', error(400, 'Prompt exceeds max length', { code: '1261' })],
    ['Alibaba', error(400, 'Range of input length should be [1, 129024]')],
    ['a proxy', { status: 413, body: 'Payload Too Large' }],
    ['OpenAI, one request over the rate', error(429, 'Request too large for gpt-4o on tokens per min (TPM)')],
  ])('about the context length, as from %s', async (_, turn) => {
    const server = await serveTurns(turn);
    expect((await failureOf(server)).kind).toBe('context-length');
    expect(server.stats.calls).toBe(1);
  });

  it.each([
    ['Google, in a list', [{ error: { code: 400, message: 'exceeds the maximum number of tokens allowed (8192)' } }]],
    [
      'Mistral and an older vLLM, without a wrap',
      { object: 'error', message: 'maximum context length is 8192 tokens' },
    ],
    ['FastAPI, as a detail', { detail: 'maximum context length is 8192 tokens' }],
  ])('is read wherever it stands, as from %s', async (_, body) => {
    const failure = await failureOf(await serveTurns({ status: 400, body }));
    expect(failure).toMatchObject({ kind: 'context-length', message: expect.stringContaining('8,192 tokens') });
    expect(failure.message).toMatch(/It said: (exceeds the maximum number|maximum context length)/);
  });

  it('of a content filter is a refusal', async () => {
    const server = await serveTurns(error(400, 'The response was filtered', { code: 'content_filter' }));
    expect((await failureOf(server)).kind).toBe('refused');
  });

  it.each([error(429, 'You exceeded your current quota', { code: 'insufficient_quota' }), error(402, 'Pay first')])(
    'about money is not retried: %j',
    async (turn) => {
      const server = await serveTurns(turn);
      expect(await failureOf(server)).toMatchObject({ kind: 'rate-limited', message: expect.stringMatching(/credit/) });
      expect(server.stats.calls).toBe(1);
    },
  );

  it.each([
    [429, 'rate-limited'],
    [408, 'server'],
    [500, 'server'],
    [503, 'server'],
  ])('%i fails as %s once the retries are used up', async (status, kind) => {
    const server = await serveTurns(error(status, 'not now'));
    const failure = await failureOf(server, { retry: { maxAttempts: 3, maxRateLimited: 3 } });
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain('Gave up after 3 attempts');
    expect(failure.events.filter((event) => event.kind === 'retry')).toHaveLength(2);
    expect(server.stats.calls).toBe(3);
  });
});

describe('what is not the protocol', () => {
  it.each([
    ['a page', { html: '<html>\n<title>Sign in</title>' }, /a web page: "<html> <title>Sign in<\/title>"/],
    ['broken JSON', { body: '{"choices": [' }, /not JSON: "{"choices": \["/],
    ['nothing', { body: '' }, /not JSON/],
    ['no choices', { body: { choices: [] } }, /no choices/],
    ['another object', { body: { hello: 'world' } }, /no choices/],
    ['terminal escapes', { html: '<p>\u001b[31mred\u202e\u0007' }, /"<p> red"/],
    ['a stream of garbage', { body: 'data: oops\n\n', headers: { 'content-type': 'text/event-stream' } }, /not JSON/],
  ])('%s is a bad response that names the URL', async (_, turn, message) => {
    const server = await serveTurns(turn);
    const failure = await failureOf(server);
    expect(failure).toMatchObject({ kind: 'bad-response', message: expect.stringMatching(message) });
    expect(failure.message).toContain(server.url);
    expect(server.stats.calls).toBe(1);
  });

  it('is quoted shortly', async () => {
    const failure = await failureOf(await serveTurns({ html: `<${'x'.repeat(5000)}` }));
    expect(failure.message.length).toBeLessThan(400);
  });
});

describe('an error inside a stream', () => {
  const stream = (...data: string[]) => ({
    body: data.map((one) => `data: ${one}\n\n`).join(''),
    headers: { 'content-type': 'text/event-stream' },
  });

  it('before the text is retried when its code says so', async () => {
    const busy = stream('{"error":{"code":429,"message":"slow down"}}');
    const server = await serveTurns({ ...busy, times: 1, text: 'then' });
    const { text, events } = await ask(modelOf(server).model);
    expect(text).toBe('then');
    expect(events[0]).toMatchObject({ kind: 'retry', reason: 'rate limited (429)' });
  });

  it('after the text ends the reply', async () => {
    const piece = '{"choices":[{"index":0,"delta":{"content":"abcd"}}]}';
    const server = await serveTurns(stream(piece, '{"error":{"message":"engine died"}}'));
    const failure = await failureOf(server);
    expect(failure).toMatchObject({ kind: 'server', usage: { completionTokens: 1, estimated: true } });
    expect(failure.message).toContain('engine died');
    expect(server.stats.calls).toBe(1);
  });

  it('a refusal is told in its own words', async () => {
    const piece = '{"choices":[{"index":0,"delta":{"refusal":"I will not."},"finish_reason":"stop"}]}';
    const failure = await failureOf(await serveTurns(stream(piece, '[DONE]')));
    expect(failure).toMatchObject({ kind: 'refused', message: expect.stringContaining('I will not.') });
  });
});

describe('a connection that breaks', () => {
  it('after some text says how much arrived, and is not retried', async () => {
    const server = await serveTurns({ text: 'x'.repeat(300), cutAfterChars: 120 });
    const failure = await failureOf(server);
    expect(failure).toMatchObject({ kind: 'unreachable', usage: { completionTokens: 30, estimated: true } });
    expect(failure.message).toContain('cut off after 120 characters');
    expect(server.stats.calls).toBe(1);
  });

  it('counts as cut when the stream ends in good order but unfinished', async () => {
    const failure = await failureOf(await serveTurns({ text: 'x'.repeat(48), noFinish: true }));
    expect(failure).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('after 48 characters') });
  });

  it('before the text is retried', async () => {
    const server = await serveTurns({ text: 'whole', cutAfterChars: 0, times: 2 });
    const { text, events } = await ask(modelOf(server).model);
    expect(text).toBe('whole');
    expect(events.filter((event) => event.kind === 'retry')).toHaveLength(2);
  });

  it('amid its thoughts is retried, and no word of a server that is not there', async () => {
    const server = await serveTurns({ reasoning: 'y'.repeat(30), text: 'x', cutAfterChars: 0, times: 9 });
    const failure = await failureOf(server, { retry: { maxAttempts: 2 } });
    expect(failure.message).toContain('cut off after 30 characters');
    expect(server.stats.calls).toBe(2);
  });

  it('of a server that is not there', async () => {
    const server = await serveTurns('never');
    await server.close();
    const failure = await failureOf(server, { retry: { maxAttempts: 2 } });
    expect(failure).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('connection refused') });
    expect(failure.message).toContain(server.url);
    expect(failure.events[0]).toMatchObject({ kind: 'retry', attempt: 2, reason: 'connection refused' });
  });

  it('a base URL that is none fails, and does not throw', async () => {
    expect((await failureOf({ url: 'not a url' }, { retry: { maxAttempts: 1 } })).kind).toBe('unreachable');
  });
});

describe('a reply that the server itself breaks off', () => {
  it.each([
    'error', // OpenRouter
    'abort', // vLLM, SGLang
    'insufficient_system_resource', // DeepSeek
    'network_error', // Zhipu
    'MALFORMED_FUNCTION_CALL', // Google
    'function_call_filter: MALFORMED_FUNCTION_CALL',
  ])('and says %j is retried, unless some of it was passed on', async (finish) => {
    for (const nonStream of [false, true]) {
      let calls = 0;
      const server = await serve(() => (calls++ < 6 ? { text: '', finish, nonStream } : 'whole'));
      const { text, events } = await ask(modelOf(server, { retry: { maxAttempts: 9 } }).model);
      expect(text).toBe('whole');
      expect(events[0]).toMatchObject({ kind: 'retry', reason: 'the reply was broken off' });
    }
    const begun = await serveTurns({ text: 'x'.repeat(40), finish });
    const failure = await failureOf(begun);
    expect(failure).toMatchObject({ kind: 'server', message: expect.stringContaining('after 40 characters') });
    expect(begun.stats.calls).toBe(1);
  });

  it('in an error of its choice is judged by that', async () => {
    const choice = {
      index: 0,
      message: { content: '' },
      finish_reason: 'error',
      error: { code: 429, message: 'slow' },
    };
    const server = await serveTurns({ body: { choices: [choice] }, times: 1, text: 'then' });
    const { events } = await ask(modelOf(server).model);
    expect(events[0]).toMatchObject({ kind: 'retry', reason: 'rate limited (429)' });
  });

  it.each(['content_filter: SAFETY', 'sensitive'])('and says %j is a refusal', async (finish) => {
    expect((await failureOf(await serveTurns({ text: '', finish }))).kind).toBe('refused');
  });

  it('at its limit, in capitals, is a reply cut short', async () => {
    const server = await serveTurns({ text: 'half', finish: 'MAX_TOKENS' });
    expect((await ask(modelOf(server).model)).end).toMatchObject({ kind: 'done', finish: 'length' });
  });
});

describe('silence', () => {
  const timeouts = { firstByteMs: 60, betweenChunksMs: 60 };
  it.each([true, 'headers'] as const)('without a first byte (hang: %s) is retried, then unreachable', async (hang) => {
    const server = await serveTurns({ hang });
    const failure = await failureOf(server, { timeouts, retry: { maxAttempts: 2 } });
    expect(failure).toMatchObject({ kind: 'unreachable', message: expect.stringContaining('nothing came for 0.06 s') });
    expect(server.stats.calls).toBe(2);
    await expect.poll(() => server.stats).toMatchObject({ aborted: 2, inFlight: 0 });
  });

  it('in mid-stream ends the reply', async () => {
    const server = await serveTurns({ text: 'y'.repeat(100), stallAfterChars: 50 });
    const failure = await failureOf(server, { timeouts: { ...timeouts, firstByteMs: 5000 } });
    expect(failure.message).toMatch(/after 50 characters: nothing came for 0.06 s/);
  });
});

describe('the key', () => {
  const leaks = [
    { status: 401, body: { error: { message: `Incorrect API key provided: ${testKey}. Bearer ${testKey}` } } },
    { status: 401, body: { error: { message: 'Incorrect API key provided: sk-test-********ghij' } } },
    { status: 404, body: `<html>${testKey}</html>` },
    { status: 400, body: { error: { message: testKey } } },
    { status: 500, body: { error: { message: testKey } } },
    { html: `<p>${testKey}` },
    { html: `<p>${'.'.repeat(70)}${testKey}` },
    { body: `oops ${testKey}` },
    { body: { error: { message: `bad gateway ${testKey}` } } },
    { text: '', finish: 'content_filter' },
    { text: 'abc', cutAfterChars: 2 },
  ];

  it.each(leaks)('is in no event when the server answers %j', async (turn) => {
    const server = await serveTurns(turn);
    const { events } = await failureOf(server, { retry: { maxAttempts: 2 } });
    const shown = JSON.stringify(events);
    expect(shown).not.toContain(testKey);
    expect(shown).not.toContain('ghij');
    expect(shown).not.toContain(testKey.slice(0, 12));
  });

  it('is in no event when it cannot even be sent', async () => {
    const apiKey = 'sk-broken\nkey-0123456789';
    const { events } = await failureOf(await serveTurns('ok'), { apiKey, retry: { maxAttempts: 2 } });
    expect(JSON.stringify(events)).not.toMatch(/sk-broken|0123456789/);
  });

  it('may also be in a header or in the base URL', async () => {
    const headers = { authorization: 'Token header-secret-1' };
    const server = await serveTurns({ status: 400, body: 'got header-secret-1 and query-secret-2' });
    const { events } = await failureOf({ url: `${server.url}?code=query-secret-2` }, { headers });
    expect(JSON.stringify(events)).not.toMatch(/secret-[12]/);
    expect(server.requests[0]?.headers.authorization).toBe('Token header-secret-1');
  });
});
