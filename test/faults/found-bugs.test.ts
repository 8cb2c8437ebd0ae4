import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryOf } from '../../src/workspace/node/repository.ts';
import { readAhead } from '../../src/workspace/read-ahead.ts';
import { ask, modelOf } from '../models/openai-harness.ts';
import { askInMemory } from '../support/ask.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { scriptedRepls } from '../support/scripted-repl.ts';
import { brokenPromises } from './broken-promises.ts';
import { type FaultyServer, startFaultyServer } from './faulty-server.ts';
import { filesSeed } from './files-seed.ts';
import { serveSeed } from './serve-seed.ts';

let server: FaultyServer;
beforeAll(async () => {
  server = await startFaultyServer();
});
afterAll(() => server.close());

test.each([85, 127, 223, 226, 291, 398])('seed %i over real connections', async (seed) => {
  expect(brokenPromises(await serveSeed(seed, server))).toEqual([]);
});

test.each([3, 4, 15, 25, 41, 155])('seed %i over a failing disk', async (seed) => {
  expect(brokenPromises(await filesSeed(seed))).toEqual([]);
});

/** Asks a server that answers every request with `serve`. */
async function askServer(serve: (response: ServerResponse) => void, maxOutputTokens = 100) {
  const http = createServer((request, response) => {
    request.resume();
    serve(response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/v1`;
  const { model } = modelOf({ url }, { retry: { maxAttempts: 1 } });
  const asked = await ask(model, { messages: [{ role: 'user', content: 'Hello' }], maxOutputTokens });
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeAllConnections();
  await closed;
  return asked;
}

/** Writes for as long as somebody reads. @returns how much was taken. */
function flood(response: ServerResponse, piece: string): { bytes: number } {
  const taken = { bytes: 0 };
  const more = () => {
    while (!response.destroyed && response.write(piece)) taken.bytes += piece.length;
  };
  response.on('drain', more);
  more();
  return taken;
}

test('a status that HTTP does not have fails the call, and not the process', async () => {
  const { end } = await askServer(
    (response) => void response.socket?.end('HTTP/1.1 999 No\r\ncontent-length: 0\r\n\r\n'),
  );
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } });
});

test('a server that ignores the granted tokens and never ends is left, and what came is kept', async () => {
  const { text, end } = await askServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    flood(response, `data: ${JSON.stringify({ choices: [{ delta: { content: 'word '.repeat(200) } }] })}\n\n`);
  });
  expect(text.length).toBeGreaterThan(1600);
  expect(text.length).toBeLessThan(1600 + 2000);
  expect(end).toMatchObject({ kind: 'done', finish: 'length', usage: { estimated: true } });
});

test('an error without an end is not read to its end', async () => {
  let taken = { bytes: 0 };
  const { end } = await askServer((response) => {
    response.writeHead(400, { 'content-type': 'text/plain' });
    taken = flood(response, 'no '.repeat(30_000));
  });
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'bad-response' } });
  expect(taken.bytes).toBeLessThan(20_000_000);
});

test('an event of many lines that never ends is given up', async () => {
  const { end } = await askServer((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    flood(response, `data: ${'x'.repeat(50_000)}\n`);
  });
  expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } });
});

test('counts beyond belief are not believed, so that sums stay finite', async () => {
  const usage = { prompt_tokens: 1e308, completion_tokens: 1e308, cost: 1e308 };
  const { end } = await askServer((response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }], usage }));
  });
  expect(end).toMatchObject({ kind: 'done', usage: { promptTokens: 2, completionTokens: 1, estimated: true } });
});

test('a stopped run ends while the disk still does not answer', async () => {
  const stop = new AbortController();
  const { end } = await askInMemory({
    root: scriptedModel(() => ''),
    repls: scriptedRepls(),
    loadSnapshot: () => new Promise(() => setImmediate(() => stop.abort())),
    signal: stop.signal,
  });
  expect(end.outcome).toBe('cancelled');
});

test('reading ahead: one that fails before its turn waits for it, and nothing is under way at the end', async () => {
  let underWay = 0;
  const started = readAhead([0, 1, 2, 3].values(), 4, async (n) => {
    underWay++;
    await new Promise((resolve) => setTimeout(resolve, n === 0 ? 20 : n));
    underWay--;
    if (n > 0) throw new Error(`${n}`);
    return n;
  });
  const seen: number[] = [];
  await expect(async () => {
    for await (const n of started) seen.push(n);
  }).rejects.toThrow('1');
  expect([seen, underWay]).toEqual([[0], 0]);
});

test.runIf(process.platform === 'linux')(
  'rules above a folder that are a link without an end, or a pipe, are not read',
  async () => {
    const top = await mkdtemp(join(tmpdir(), 'rules-'));
    await mkdir(join(top, '.git/info'), { recursive: true });
    await mkdir(join(top, 'packages/api'), { recursive: true });
    await symlink('/dev/zero', join(top, '.gitignore'));
    await writeFile(join(top, 'packages/.gitignore'), '*.log\n');
    execFileSync('mkfifo', [join(top, '.git/info/exclude')]);
    const { rules } = await repositoryOf(await realpath(join(top, 'packages/api')));
    expect(rules).toEqual([{ folder: 'packages', source: '.gitignore', text: '*.log\n' }]);
    await rm(top, { recursive: true });
  },
);
