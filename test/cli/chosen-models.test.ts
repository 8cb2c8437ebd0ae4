import { describe, expect, it } from 'vitest';
import { chooseCliModels } from '../../src/cli/chosen-models.ts';
import { parseHeader } from '../../src/cli/header.ts';
import type { ModelWish } from '../../src/cli/model-arguments.ts';
import { secretsOf } from '../../src/cli/secrets.ts';
import type { ModelRequest } from '../../src/models/model.ts';
import { startWireServer } from '../models/conformance/wire-server.ts';

const wish = (change: Partial<ModelWish>): ModelWish => ({
  ...{ model: 'auto', subModel: '', baseUrl: undefined, profile: undefined, effort: undefined, headers: {} },
  ...change,
});
const request: ModelRequest = { messages: [{ role: 'user', content: 'hi' }] };
const hello = {
  body: { choices: [{ index: 0, message: { role: 'assistant', content: 'hi' }, finish_reason: 'stop' }] },
};

describe('the models of a question in the terminal', () => {
  it('a proxy that is none stops only a question that leaves this machine', async () => {
    const env = { HTTPS_PROXY: 'socks5://proxy:1080', OPENAI_API_KEY: 'key' };
    const here = await chooseCliModels(wish({ model: 'openai:a', baseUrl: 'http://127.0.0.1:1/v1' }), env);
    expect(here.root.spec).toBe('openai:a');
    expect((await chooseCliModels(wish({ model: 'offline' }), env)).root.spec).toBe('offline');
    await expect(chooseCliModels(wish({ model: 'openai:a' }), env)).rejects.toThrow('HTTPS_PROXY is not the address');
    const sub = wish({ model: 'openai:a', baseUrl: 'http://127.0.0.1:1/v1', subModel: 'groq:b' });
    await expect(chooseCliModels(sub, { ...env, GROQ_API_KEY: 'key' })).rejects.toThrow(
      'HTTPS_PROXY is not the address',
    );
  });

  it('each get the key, the address and the headers of their own provider only', async () => {
    const [one, two] = await Promise.all([startWireServer(hello), startWireServer(hello)]);
    const env = {
      OPENAI_API_KEY: 'openai-key-1',
      GROQ_API_KEY: 'groq-key-2',
      GROQ_BASE_URL: `${two.origin}/v1`,
    };
    const asked = wish({
      model: 'openai:a',
      subModel: 'groq:b',
      baseUrl: `${one.origin}/v1`,
      headers: { 'x-team': 'blue' },
    });
    const { root, sub, sentence } = await chooseCliModels(asked, env);
    for await (const _ of root.stream(request, new AbortController().signal));
    for await (const _ of sub.stream(request, new AbortController().signal));
    expect(sentence).toBe('openai:a, as chosen; sub-agents: groq:b');
    expect(one.requests[0]?.headers).toMatchObject({ authorization: 'Bearer openai-key-1', 'x-team': 'blue' });
    expect(JSON.stringify(one.requests)).not.toContain('groq-key-2');
    expect(two.requests[0]?.headers).toMatchObject({ authorization: 'Bearer groq-key-2' });
    expect(JSON.stringify(two.requests)).not.toMatch(/openai-key-1|blue/);
    await Promise.all([one.close(), two.close()]);
  });

  it('are a pair when only the root was named, and one at an address of one’s own', async () => {
    const env = { OPENAI_API_KEY: 'sk-12345678' };
    expect((await chooseCliModels(wish({ model: 'gpt-5' }), env)).sub.spec).toBe('openai:gpt-5-mini');
    const own = { ...env, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    expect((await chooseCliModels(wish({ model: 'gpt-5' }), own)).sub.spec).toBe('openai:gpt-5');
  });

  it.each([
    ['anthropic:claude-haiku-4-5', /anthropic:claude-haiku-4-5 needs an API key.*Set ANTHROPIC_API_KEY/],
    ['azure:mine', /azure:mine needs the address.*AZURE_OPENAI_BASE_URL/],
    ['gpt-5', /openai:gpt-5 needs an API key.*Set OPENAI_API_KEY/],
  ])('%s without what it needs is a usage error that names it', async (model, message) => {
    await expect(chooseCliModels(wish({ model }), {})).rejects.toThrow(message);
    await expect(chooseCliModels(wish({ model }), {})).rejects.toMatchObject({ exitCode: 2 });
  });

  it('speak as they are told, or by their name', async () => {
    const env = { OPENAI_API_KEY: 'sk-12345678' };
    expect((await chooseCliModels(wish({ model: 'gpt-5' }), env)).root.profile).toBe('frontier');
    expect((await chooseCliModels(wish({ model: 'gpt-5', profile: 'weak' }), env)).root.profile).toBe('weak');
    const trained = await chooseCliModels(wish({ model: 'vllm:mit-oasys/rlm-qwen3-8b-v0.1' }), {});
    expect(trained.root).toMatchObject({ profile: 'rlm', contextTokens: Math.floor(32_768 * 0.85) });
  });
});

it('keys of every provider and what headers hold are secrets of the log', () => {
  const env = { OPENAI_API_KEY: 'a1', ANTHROPIC_API_KEY: ' b2\n', PATH: '/bin' };
  expect(secretsOf(env, { authorization: 'Token c3' })).toEqual(['a1', 'b2', 'Token c3', 'c3']);
});

it.each([
  ['X-Team: blue', { name: 'x-team', value: 'blue' }],
  ['a:b:c', { name: 'a', value: 'b:c' }],
  ['two words: x', undefined],
  ['no-value:', undefined],
  ['a: b\r\nc: d', undefined],
])('%j as a header is %j', (line, header) => {
  expect(parseHeader(line)).toEqual(header);
});
