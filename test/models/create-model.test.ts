import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../src/models/model.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { type CreateModelOptions, createModel } from '../../src/models/node/create-model.ts';
import { ask, serveTurns } from './openai-harness.ts';

describe('a model spec', () => {
  it.each([
    ['offline', { provider: 'offline' }],
    ['gpt-5-mini', { provider: 'openai', name: 'gpt-5-mini' }],
    [' openai:gpt-5-mini ', { provider: 'openai', name: 'gpt-5-mini' }],
    ['openai:llama3.2:3b', { provider: 'openai', name: 'llama3.2:3b' }],
    ['meta/llama-3', { provider: 'openai', name: 'meta/llama-3' }],
  ])('%j is understood', (text, spec) => {
    expect(parseModelSpec(text)).toEqual({ kind: 'ok', spec });
  });

  it.each([
    ['', /No model was named.*`offline`, `PROVIDER:NAME`/],
    ['openai:', /needs a model name/],
    [':x', /no provider before its colon/],
    ['llama3.2:3b', /Unknown provider `llama3.2`; known: offline, .*openai, .*`ollama:llama3.2:3b`/],
    ['offline:x', /takes no name/],
    ['gpt 5', /no blanks/],
  ])('%j is a problem that says what to write', (text, problem) => {
    expect(parseModelSpec(text)).toEqual({ kind: 'problem', problem: expect.stringMatching(problem) });
  });
});

describe('making a model', () => {
  const offline: LanguageModel = {
    spec: 'offline',
    price: { input: 0, cachedInput: 0, output: 0 },
    contextTokens: undefined,
    stream: () => expect.fail('not asked'),
  };
  const create = (spec: string, options: Partial<CreateModelOptions> = {}) =>
    createModel(spec, { offline: () => offline, ...options });
  const problemOf = (spec: string, options: Partial<CreateModelOptions> = {}): string => {
    const created = create(spec, options);
    return created.kind === 'problem' ? created.problem : expect.fail('it was made');
  };

  it('needs nothing for the offline one', () => {
    expect(create('offline')).toEqual({ kind: 'ok', model: offline });
  });

  it('knows price and context of the model', () => {
    expect(create('gpt-5-mini', { apiKey: 'sk-12345678' })).toMatchObject({
      kind: 'ok',
      model: { spec: 'openai:gpt-5-mini', price: { output: 2 }, contextTokens: 272_000 },
    });
  });

  it.each([undefined, '', '  '])('without a key (%j) for OpenAI itself says what to do', (apiKey) => {
    expect(problemOf('gpt-5-mini', { apiKey })).toMatch(/OPENAI_API_KEY.*OPENAI_BASE_URL.*`offline`/);
    expect(problemOf('gpt-5-mini', { apiKey, baseUrl: 'https://api.openai.com/v1/' })).toMatch(/OPENAI_API_KEY/);
  });

  it('needs no key for another server, and sends none', async () => {
    const server = await serveTurns('local answer');
    const created = create('openai:local', { baseUrl: server.url });
    if (created.kind !== 'ok') return expect.fail(created.problem);
    expect((await ask(created.model)).text).toBe('local answer');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('sends a key without the line break it was pasted with', async () => {
    const server = await serveTurns('ok');
    const created = create('m', { baseUrl: server.url, apiKey: 'sk-12345678\n' });
    if (created.kind !== 'ok') return expect.fail(created.problem);
    await ask(created.model);
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-12345678');
  });

  it.each([
    ['ftp://somewhere', /not a web address/],
    ['localhost:11434', /not a web address/],
    ['https://me:pass-word-1@host/v1', /user name or password/],
  ])('refuses the base URL %j', (baseUrl, problem) => {
    expect(problemOf('m', { baseUrl, apiKey: 'sk-12345678' })).toMatch(problem);
    expect(problemOf('m', { baseUrl, apiKey: 'sk-12345678' })).not.toContain('pass-word-1');
  });

  it('refuses a key that cannot be one, without showing it', () => {
    expect(problemOf('m', { apiKey: 'sk-1234 5678' })).toMatch(/OPENAI_API_KEY holds a blank/);
    expect(problemOf('m', { apiKey: 'sk-1234 5678' })).not.toContain('5678');
  });

  it('passes on what is wrong with the spec', () => {
    expect(problemOf('acme:x')).toMatch(/Unknown provider `acme`/);
  });
});
