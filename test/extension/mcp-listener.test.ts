import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterEach, expect, it } from 'vitest';
import { McpListener } from '../../extension/node/mcp-listener.ts';
import type { RunEnd } from '../../src/engine-api.ts';
import { cited, runEnd, stamped } from './events.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const models = { root: 'r', sub: 's' };

/** Answers at once, but for `wait`, which ends when it is cancelled. */
async function start() {
  const stopped: string[] = [];
  const listener = new McpListener({
    version: '1',
    folders: false,
    ask: async ({ question }, tell, signal) => {
      tell('under way');
      if (question === 'wait')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      if (signal.aborted) stopped.push(question);
      return { end: stamped(runEnd([cited]), 0) as RunEnd, models };
    },
  });
  open.push(listener);
  return { ...(await listener.address()), stopped };
}

async function connect(url: string, headers: Readonly<Record<string, string>>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }) as Transport);
  open.push(client);
  return client;
}

const call = (client: Client, question: string, options = {}) =>
  client.callTool({ name: 'ask_codebase', arguments: { question } }, undefined, options);

it('answers the editor’s agents, with progress, each in a session of its own', async () => {
  const { url, headers } = await start();
  const clients = await Promise.all([connect(url, headers), connect(url, headers)]);
  for (const client of clients) {
    const seen: unknown[] = [];
    const result = await call(client, 'why?', {
      onprogress: ({ message }: { message?: string }) => seen.push(message),
    });
    expect(result.structuredContent).toMatchObject({ citations: [{ path: cited.path, status: 'verified' }], models });
    expect(seen).toEqual(['under way']);
  }
  const { tools } = await (clients[0] ?? expect.fail()).listTools();
  expect(Object.keys(tools[0]?.inputSchema.properties ?? {})).not.toContain('folder');
});

it('stops what is cancelled, and goes on', async () => {
  const { url, headers, stopped } = await start();
  const client = await connect(url, headers);
  const stop = new AbortController();
  const asked = call(client, 'wait', { signal: stop.signal, onprogress: () => stop.abort() });
  await expect(asked).rejects.toThrow();
  expect((await call(client, 'next?')).isError).toBeFalsy();
  expect(stopped).toEqual(['wait']);
});

it('refuses whoever lacks the token', async () => {
  const { url, headers } = await start();
  const { authorization = '' } = headers;
  for (const wrong of [undefined, 'Bearer x', `${authorization}x`, authorization.toLowerCase()]) {
    const response = await fetch(url, { method: 'POST', ...(wrong && { headers: { authorization: wrong } }) });
    expect([wrong, response.status]).toEqual([wrong, 401]);
  }
  expect((await fetch(url.replace('/mcp', '/'), { headers })).status).toBe(404);
  const lost = await fetch(url, { method: 'POST', headers: { ...headers, 'mcp-session-id': 'x' } });
  expect(lost.status).toBe(404);
});
