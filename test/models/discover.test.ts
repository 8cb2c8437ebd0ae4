import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { discoverLocal } from '../../src/models/node/discover.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that answers these paths with JSON (a string: as it is) and everything else with 404. */
async function serve(paths: Readonly<Record<string, unknown>>): Promise<string> {
  const server = createServer((request, response) => {
    const body = paths[request.url ?? ''];
    if (body === 'hang') return;
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nobody = 'http://127.0.0.1:9';
const tags = {
  models: [
    { name: 'llama3.2:3b', details: { family: 'llama', parameter_size: '3.2B' } },
    { name: 'qwen2.5-coder:14b', details: { family: 'qwen2', parameter_size: '14.8B' } },
    { name: 'nomic-embed-text', details: { family: 'nomic-bert', parameter_size: '137M' } },
    { name: 'gpt-oss:120b-cloud', remote_host: 'https://ollama.com:443', details: { parameter_size: '116.8B' } },
    { name: 'smollm:360m', details: { parameter_size: '361.82M' } },
  ],
};

it('a window of no tokens is none that is known', async () => {
  const ollama = await serve({
    '/api/tags': { models: [{ name: 'llama3.2:3b' }] },
    '/api/ps': { models: [{ name: 'llama3.2:3b', context_length: 0 }] },
  });
  const rich = { data: [{ id: 'a', loaded_context_length: 0, max_context_length: 4096 }] };
  const lmstudio = await serve({ '/api/v0/models': rich });
  const found = await discoverLocal({ ollama, lmstudio });
  expect(found.flatMap(({ models }) => models.map(({ contextTokens }) => contextTokens))).toEqual([undefined, 4096]);
});

describe('Ollama', () => {
  it('is found with its chat models: in memory first, then the largest, cloud models last', async () => {
    const ps = { models: [{ name: 'llama3.2:3b', context_length: 8192 }] };
    const ollama = await serve({ '/api/tags': tags, '/api/ps': ps });
    const [found, ...rest] = await discoverLocal({ ollama, lmstudio: nobody });
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ provider: 'ollama', baseUrl: `${ollama}/v1` });
    expect(found?.models).toEqual([
      { name: 'llama3.2:3b', contextTokens: 8192, billions: 3.2, loaded: true, remote: false },
      { name: 'qwen2.5-coder:14b', contextTokens: undefined, billions: 14.8, loaded: false, remote: false },
      { name: 'smollm:360m', contextTokens: undefined, billions: 0.36182, loaded: false, remote: false },
      { name: 'gpt-oss:120b-cloud', contextTokens: undefined, billions: 116.8, loaded: false, remote: true },
    ]);
  });

  it('without models is found without models', async () => {
    const ollama = await serve({ '/api/tags': { models: [] } });
    expect(await discoverLocal({ ollama, lmstudio: nobody })).toMatchObject([{ provider: 'ollama', models: [] }]);
  });
});

describe('LM Studio', () => {
  const names = { data: [{ id: 'qwen/qwen3-8b' }, { id: 'text-embedding-nomic' }] };
  it('tells windows by its own API', async () => {
    const data = [
      { id: 'qwen/qwen3-8b', type: 'llm', state: 'loaded', max_context_length: 32768, loaded_context_length: 4096 },
      { id: 'mistral-24b', type: 'llm', state: 'not-loaded', max_context_length: 131072 },
      { id: 'text-embedding-nomic', type: 'embeddings', state: 'not-loaded', max_context_length: 2048 },
    ];
    const lmstudio = await serve({ '/api/v0/models': { data }, '/v1/models': names });
    const [found] = await discoverLocal({ ollama: nobody, lmstudio });
    expect(found?.models).toEqual([
      { name: 'qwen/qwen3-8b', contextTokens: 4096, billions: 8, loaded: true, remote: false },
      { name: 'mistral-24b', contextTokens: 131072, billions: 24, loaded: false, remote: false },
    ]);
  });

  it('tells names at least', async () => {
    const lmstudio = await serve({ '/v1/models': names });
    const [found] = await discoverLocal({ ollama: nobody, lmstudio });
    expect(found?.models.map(({ name }) => name)).toEqual(['qwen/qwen3-8b']);
  });
});

it.each([
  ['nobody', {}],
  ['another server', { '/api/tags': { hello: 'world' }, '/v1/models': '<html>' }],
  ['a server that hangs', { '/api/tags': 'hang', '/v1/models': 'hang', '/api/v0/models': 'hang' }],
])('%s on the ports is nobody', async (_, paths) => {
  const origin = await serve(paths);
  expect(await discoverLocal({ ollama: origin, lmstudio: origin, timeoutMs: 150 })).toEqual([]);
});
