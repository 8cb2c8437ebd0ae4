import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderOf, runCli } from '../support/cli.ts';

const answer = '```repl\nanswer["content"] = "One [a.ts:1]"\nanswer["ready"] = True\n```';
const asked: string[] = [];

/** Answers for a model that nobody else on the network has. */
const proxy = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const choices = [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' });
  request.resume().on('end', () => response.end(JSON.stringify({ choices })));
});

let folder: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  folder = await folderOf({ 'a.ts': 'export const one = 1;\n' });
  await new Promise<void>((up) => proxy.listen(0, '127.0.0.1', up));
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await folder.remove();
});

const ask = (env: Readonly<Record<string, string>>) =>
  runCli(folder.folder, {
    args: ['ask', 'What is one?', '--dir', folder.folder, '--model', 'openai:m', '--base-url', 'http://model.test/v1'],
    env: { OPENAI_API_KEY: 'none', ...env },
  });

test('the proxy that the environment names is used', async () => {
  const { code, stdout, stderr } = await ask({ http_proxy: `127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout).toContain('One [a.ts:1');
  expect(asked).toEqual(['POST http://model.test/v1/chat/completions']);
});

test('one that is not there, and one that is none, are named', async () => {
  const dead = await ask({ HTTP_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: 'http://u:secret@127.0.0.1:1' });
  expect(dead.code).toBe(1);
  expect(dead.stderr + dead.stdout).toContain('connection refused; the environment names a proxy (HTTP_PROXY)');
  const wrong = await ask({ HTTPS_PROXY: 'socks5://u:secret@proxy:1080' });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('HTTPS_PROXY is not the address of an HTTP proxy.');
  expect(wrong.stderr + dead.stderr + dead.stdout).not.toContain('secret');
});
