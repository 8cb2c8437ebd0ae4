import { describe, expect, it } from 'vitest';
import type { LanguageModel, ModelRequest } from '../../src/models/model.ts';
import { type CreateModelOptions, createModel } from '../../src/models/node/create-model.ts';
import { startWireServer } from './conformance/wire-server.ts';
import { ask } from './openai-harness.ts';

const request: ModelRequest = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'One.' },
    { role: 'user', content: 'Two?' },
  ],
  maxOutputTokens: 900,
};
const chat = { body: { choices: [{ message: { content: 'chat' }, finish_reason: 'stop' }] } };
const responses = {
  body: {
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text: 'responses' }] }],
  },
};
const message = { body: { type: 'message', content: [{ type: 'text', text: 'messages' }], stop_reason: 'end_turn' } };
const refuse = (status: number, text: string) => ({ status, body: { error: { message: text } } });

function made(spec: string, baseUrl: string, tuning: CreateModelOptions['tuning'] = {}): LanguageModel {
  const offline = () => expect.fail('not offline');
  const created = createModel(spec, { baseUrl, apiKey: 'key-0123456789', offline, tuning });
  return created.kind === 'ok' ? created.model : expect.fail(created.problem);
}

describe('a model that only the Responses API serves', () => {
  it('and that broke its reply off has not answered', async () => {
    const server = await startWireServer({ body: { ...responses.body, status: 'cancelled' } });
    const { end } = await ask(made('openai:o3-pro', `${server.origin}/v1`), request);
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'server' } });
    await server.close();
  });

  it('is asked there, by its name', async () => {
    const server = await startWireServer(responses);
    expect((await ask(made('openai:o3-pro', `${server.origin}/v1`, { effort: 'low' }), request)).text).toBe(
      'responses',
    );
    expect(server.requests[0]?.path).toBe('/v1/responses');
    expect(server.requests[0]?.body).toMatchObject({
      model: 'o3-pro',
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'One.' },
        { role: 'user', content: 'Two?' },
      ],
      store: false,
      max_output_tokens: 900,
      reasoning: { effort: 'low' },
    });
    await server.close();
  });

  it('is asked there once its chat is refused, and from then on', async () => {
    const only = 'This model is only supported in v1/responses and not in v1/chat/completions.';
    const server = await startWireServer(({ path }) => (path.endsWith('/responses') ? responses : refuse(404, only)));
    const model = made('openai:new-model', `${server.origin}/v1`);
    expect((await ask(model, request)).text).toBe('responses');
    expect((await ask(model, request)).text).toBe('responses');
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/responses', '/v1/responses']);
    await server.close();
  });
});

describe('a model whose chat template knows no system', () => {
  it.each([
    'System role not supported',
    "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
  ])('is told it by the user, from then on: %s', async (wrong) => {
    const server = await startWireServer(({ body }) =>
      JSON.stringify(body.messages).includes('"system"') ? refuse(400, wrong) : chat,
    );
    const model = made('openai:gemma-2-9b-it', `${server.origin}/v1`);
    expect((await ask(model, request)).text).toBe('chat');
    expect((await ask(model, request)).text).toBe('chat');
    const [, second, third, ...more] = server.requests.map(({ body }) => body.messages);
    expect(second).toEqual([
      { role: 'user', content: 'Be brief.\n\nOne?' },
      { role: 'assistant', content: 'One.' },
      { role: 'user', content: 'Two?' },
    ]);
    expect([third, more]).toEqual([second, []]);
    await server.close();
  });
});

describe('how much to think', () => {
  it('is said, and left out for a model that takes no such thing', async () => {
    const wrong = "Unsupported parameter: 'reasoning_effort' is not supported with this model.";
    const server = await startWireServer(({ body }) => ('reasoning_effort' in body ? refuse(400, wrong) : chat));
    const model = made('openai:gpt-4.1', `${server.origin}/v1`, { effort: 'high' });
    expect((await ask(model, request)).text).toBe('chat');
    expect(server.requests.map(({ body }) => body.reasoning_effort)).toEqual(['high', undefined]);
    await server.close();
  });

  it('is not said unless asked for', async () => {
    const server = await startWireServer(chat);
    await ask(made('openai:gpt-5', `${server.origin}/v1`), request);
    for (const name of ['reasoning_effort', 'temperature', 'top_p', 'max_tokens'])
      expect(server.requests[0]?.body).not.toHaveProperty(name);
    await server.close();
  });
});

describe('Anthropic', () => {
  it('is told to cache the system prompt and the conversation up to the last user turn', async () => {
    const server = await startWireServer(message);
    expect((await ask(made('anthropic:claude-haiku-4-5', server.origin), request)).text).toBe('messages');
    const ephemeral = { cache_control: { type: 'ephemeral' } };
    expect(server.requests[0]?.body).toMatchObject({
      max_tokens: 900,
      system: [{ type: 'text', text: 'Be brief.', ...ephemeral }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'One?' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'One.' }] },
        { role: 'user', content: [{ type: 'text', text: 'Two?', ...ephemeral }] },
      ],
    });
    expect(JSON.stringify(server.requests[0]?.body).match(/cache_control/g)).toHaveLength(2);
    await server.close();
  });

  it('gets the key it was given or none, whatever the environment holds', async () => {
    const names = ['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_CUSTOM_HEADERS'];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = 'x-leak: from-the-environment';
    const server = await startWireServer(message);
    try {
      await ask(made('anthropic:claude-haiku-4-5', server.origin), request);
      expect(server.requests).toHaveLength(1);
      expect(JSON.stringify(server.requests)).not.toContain('from-the-environment');
      expect(server.requests[0]?.headers['anthropic-version']).toMatch(/^\d{4}-/);
    } finally {
      names.forEach((name, i) => {
        const value = before[i];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      });
      await server.close();
    }
  });
});
