import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './chance.ts';
import { replyOf } from './faulty-model.ts';
import type { World } from './world.ts';

interface Asked {
  readonly chars: number;
  readonly maxTokens: number;
}

/** Answers one request, well or in one of the ways in which servers, proxies and networks fail. */
export async function answerOrFail(
  world: World,
  trouble: number,
  asked: Asked,
  response: ServerResponse,
): Promise<void> {
  const { chance } = world;
  const usage = honestUsage(chance, asked);
  const text = cutTo(replyOf(world), usage.completion_tokens);
  if (!chance.is(trouble)) return chance.is(0.8) ? stream(chance, response, text, usage) : whole(response, text, usage);
  const kind = chance.of({
    ...{ reset: 3, silent: 2, status: 6, html: 1, garbage: 1, length: 1, headers: 1, redirect: 1 },
    ...{
      midReset: 3,
      midCut: 3,
      midSilent: 2,
      noEnd: 2,
      drip: 2,
      malformed: 4,
      usage: 4,
      huge: 1,
      endless: 1,
      extra: 2,
    },
  });
  world.overtaken ||= kind === 'usage' || kind === 'endless';
  await faults[kind](chance, response, text, usage);
}

type Fault = (chance: Chance, response: ServerResponse, text: string, usage: object) => Promise<void>;

const faults = {
  reset: async (_, response) => void response.socket?.resetAndDestroy(),
  silent: async (_, response) => untilClosed(response),
  async status(chance, response) {
    const status = one(
      chance,
      [400, 401, 403, 404, 408, 413, 418, 422, 429, 429, 429, 500, 500, 502, 503, 504, 529, 204, 304],
    );
    const asks = one(chance, ['', '0', '0.01', 'soon', '-5', '99999999999', 'Wed, 21 Oct 2015 07:28:00 GMT']);
    response.writeHead(status, { ...(asks !== '' && { 'retry-after': asks }), 'content-type': 'application/json' });
    response.end(one(chance, errorBodies));
  },
  async html(_, response) {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Sign in</title>');
  },
  async garbage(chance, response) {
    response.socket?.end(
      one(chance, [
        '\u0000\u0001\u0002',
        'HTTP/1.1 999\r\n\r\n',
        'HTTP/1.1 200 OK\r\nA\r\n\r\n',
        'HTTP/9.9 200 OK\r\n',
      ]),
    );
  },
  async length(chance, response, text) {
    const shift = chance.is(0.5) ? 500 : -Math.min(20, text.length);
    response.socket?.end(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length + shift}\r\n\r\n${text}`,
    );
  },
  async headers(_, response) {
    response.socket?.end(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(100_000)}\r\n\r\n{}`);
  },
  async redirect(_, response) {
    response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
  },
  async midReset(chance, response, text) {
    begin(chance, response, text);
    await setImmediate();
    response.socket?.resetAndDestroy();
  },
  async midCut(chance, response, text) {
    begin(chance, response, text);
    response.write(`data: {"choices":[{"delta":{"content":"`);
    await setImmediate();
    response.destroy();
  },
  async midSilent(chance, response, text) {
    begin(chance, response, text);
    await untilClosed(response);
  },
  async noEnd(chance, response, text) {
    begin(chance, response, text);
    response.end(chance.is(0.3) ? 'data: [DONE]\n\n' : '');
  },
  async drip(chance, response, text, usage) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const byte of Buffer.from(sse(text.slice(0, 20), usage, '\r\n'))) {
      if (response.destroyed) return;
      response.write(Uint8Array.of(byte));
      if (chance.is(0.02)) await sleep(1);
    }
    response.end();
  },
  async malformed(chance, response, text, usage) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (chance.is(0.5)) response.write(event({ content: text.slice(0, 50) }, null));
    response.write(one(chance, badPieces));
    response.end(chance.is(0.5) ? sse(text, usage, '\n') : '');
  },
  async usage(chance, response, text) {
    const count = () => one<unknown>(chance, [-5, '12', 1e308, 1e15, null, 1.5, {}, [], true]);
    const lies = { prompt_tokens: count(), completion_tokens: count(), total_tokens: count(), cost: count() };
    return stream(chance, response, text, lies);
  },
  async huge(_, response) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await flood(response, 'x'.repeat(1_000_000), 40);
  },
  async endless(chance, response) {
    response.writeHead(chance.is(0.5) ? 200 : 500, { 'content-type': 'text/event-stream' });
    await flood(response, event({ content: 'word '.repeat(100_000) }, null), Number.POSITIVE_INFINITY);
  },
  async extra(chance, response, text, usage) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'x'.repeat(chance.from(0, 300)) });
    response.end(`\ufeff: a comment\r\nevent: x\nid\nretry: 5\n\n${sse(text, usage, '\r')}${sse(text, usage, '\n')}`);
  },
} satisfies Readonly<Record<string, Fault>>;

const errorBodies = [
  '',
  '{"error":{"message":"scripted","code":"invalid"}}',
  '{"error":"just words"}',
  '{"error":{"message":{"deep":[1]}}}',
  '<html>502 Bad Gateway</html>',
  '{"error":{"message":"This model\'s maximum context length is 3 tokens. However, you requested 9."}}',
  '{"error":{"message":"Unsupported parameter: max_tokens"}}',
  `${'['.repeat(20_000)}`,
  'null',
];

const badPieces = [
  'data: {\n\n',
  'data: null\n\n',
  'data: []\n\n',
  'data: 7\n\n',
  'data: {"choices":null}\n\n',
  'data: {"choices":[null]}\n\n',
  'data: {"choices":[{"delta":{"content":{"x":1}}}]}\n\n',
  'data: {"choices":[{"delta":{"content":["a",{"text":5},null]}}]}\n\n',
  'data: {"error":{"message":"overloaded","code":503}}\n\n',
  'data: {"choices":[{"finish_reason":{"a":1}}]}\n\n',
  `data: ${'{"choices":['.repeat(5000)}\n\n`,
  Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0xc3, 0x0a, 0x0a]),
  'not an event at all',
];

const one = <T>(chance: Chance, all: readonly T[]): T => {
  const chosen = all[chance.from(0, all.length - 1)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

/** What a server counts that keeps to `max_tokens`. */
const honestUsage = (chance: Chance, { chars, maxTokens }: Asked) => ({
  prompt_tokens: Math.floor(chars / 8),
  completion_tokens: chance.from(1, Math.max(1, Math.min(maxTokens, 800))),
});

const cutTo = (text: string, tokens: number): string => text.slice(0, tokens * 4);

const event = (delta: object, finish: string | null, usage?: object): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }], ...(usage && { usage }) })}\n\n`;

const sse = (text: string, usage: object, lineEnd: string): string =>
  `${event({ content: text }, null)}${event({}, 'stop', usage)}data: [DONE]\n\n`.replaceAll('\n', lineEnd);

function begin(chance: Chance, response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(event({ content: text.slice(0, chance.from(0, text.length)) }, null));
}

async function stream(chance: Chance, response: ServerResponse, text: string, usage: object): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const bytes = Buffer.from(sse(text, usage, chance.is(0.2) ? '\r\n' : '\n'));
  const cut = chance.from(0, bytes.length);
  response.write(bytes.subarray(0, cut));
  await setImmediate();
  response.end(bytes.subarray(cut));
}

async function whole(response: ServerResponse, content: string, usage: object): Promise<void> {
  const choices = [{ message: { role: 'assistant', content }, finish_reason: 'stop' }];
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ choices, usage }));
}

/** As much as the client takes. */
async function flood(response: ServerResponse, piece: string, times: number): Promise<void> {
  const closed = untilClosed(response);
  for (let sent = 0; sent < times && !response.destroyed; sent++) {
    if (response.write(piece)) await setImmediate();
    else await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed]);
  }
  response.end();
}

const untilClosed = (response: ServerResponse): Promise<void> =>
  response.destroyed ? Promise.resolve() : new Promise((resolve) => response.once('close', () => resolve()));
