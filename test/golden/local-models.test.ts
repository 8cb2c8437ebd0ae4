import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folderOf, runCli } from '../support/cli.ts';

const answer = '```repl\nanswer["content"] = "One [a.ts:1]"\nanswer["ready"] = True\n```';
const tags = {
  models: [
    { name: 'qwen2.5-coder:7b', details: { family: 'qwen2', parameter_size: '7.6B' } },
    { name: 'gpt-oss:120b-cloud', remote_host: 'https://ollama.com:443', details: { parameter_size: '116.8B' } },
  ],
};

/** Ollama as it answers on its default port. `asked` are the models that chats were for, and the keys they came with. */
class FakeOllama {
  readonly asked: { readonly model: string; readonly key: string | undefined }[] = [];
  readonly #server: Server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const send = (body: unknown): void => void response.end(JSON.stringify(body));
    response.writeHead(200, { 'content-type': 'application/json' });
    if (request.url === '/api/tags') return send(tags);
    if (request.url === '/api/generate') return send({ model: 'qwen2.5-coder:7b', response: '', done: true });
    if (request.url === '/api/ps') return send({ models: [{ name: 'qwen2.5-coder:7b', context_length: 32_768 }] });
    const { model } = JSON.parse(text) as { readonly model: string };
    this.asked.push({ model, key: request.headers.authorization });
    const usage = { prompt_tokens: 900, completion_tokens: 20, total_tokens: 920 };
    send({ choices: [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }], usage });
  });

  /** Waits while somebody else on this machine has the port. */
  async listen(): Promise<void> {
    for (let attempt = 0; attempt < 300; attempt++) {
      const listens = await new Promise<boolean>((resolve) => {
        this.#server.once('error', () => resolve(false));
        this.#server.listen(11434, '127.0.0.1', () => resolve(true));
      });
      if (listens) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('port 11434 is taken: is an Ollama running?');
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let folder: Awaited<ReturnType<typeof folderOf>>;
let home: Awaited<ReturnType<typeof folderOf>>;
beforeAll(async () => {
  [folder, home] = await Promise.all([folderOf({ 'a.ts': 'export const one = 1;\n' }), folderOf({})]);
});
afterAll(() => Promise.all([folder.remove(), home.remove()]));

const ask = (env: Readonly<Record<string, string>> = {}, ...more: readonly string[]) =>
  runCli(home.folder, { args: ['ask', 'What is one?', '--dir', folder.folder, '--json', ...more], env });

describe('without any setting', () => {
  test('an Ollama on its default port is found, used and named; no text goes to its cloud models, no key to it', async () => {
    const ollama = new FakeOllama();
    await ollama.listen();
    try {
      const { code, stdout, stderr } = await ask({ OPENAI_API_KEY: 'sk-not-for-Ollama-0123456789' });
      expect(stderr).toContain('Model: qwen2.5-coder:7b of Ollama, found on this machine\n');
      expect(code).toBe(0);
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({
        answer: 'One [a.ts:1]',
        citations: [{ status: 'verified' }],
        models: { root: 'ollama:qwen2.5-coder:7b', sub: 'ollama:qwen2.5-coder:7b' },
        usage: { costUsd: 0 },
      });
      expect(ollama.asked).toEqual([{ model: 'qwen2.5-coder:7b', key: undefined }]);
      const listed = await runCli(home.folder, { args: ['models'] });
      expect(listed.stdout).toMatch(
        /^Ollama\n {2}ollama:qwen2.5-coder:7b {2}\(free · window 33k · runs on this machine\)/,
      );
      expect(listed.stdout).toContain('ollama:gpt-oss:120b-cloud  (price unknown · text leaves this machine)');
    } finally {
      await ollama.close();
    }
  });

  test('with nothing found the offline model answers, and says so', async () => {
    const { code, stdout, stderr } = await ask();
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Model: offline search without a language model: .*no key was found\n/);
    expect(JSON.parse(stdout)).toMatchObject({
      models: { root: 'offline', sub: 'offline' },
      answer: expect.stringContaining('without a language model'),
    });
  });
});

test('a model that was chosen and is not there is a failure, not a reason to ask another', async () => {
  const { code, stdout } = await ask(
    { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' },
    '--model',
    'openai:x',
    '--timeout',
    '20',
  );
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', models: { root: 'openai:x' } });
});
