import { PassThrough } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { askServer } from '../../../src/cli/mcp/ask-server.ts';
import type { RunEnd } from '../../../src/engine-api.ts';
import { wholeRun } from '../../runs/sample-events.ts';
import { type FuzzTarget, hold } from '../target.ts';

const end = wholeRun().events.at(-1) as RunEnd;
const message = (method: string, params: unknown, id?: number) =>
  JSON.stringify({ jsonrpc: '2.0', ...(id !== undefined && { id }), method, params });
const client = { protocolVersion: '2025-06-18', capabilities: { roots: {} }, clientInfo: { name: 'c', version: '1' } };
const begin = `${message('initialize', client, 1)}\n${message('notifications/initialized', undefined)}\n`;
const ask = (input: object) =>
  message('tools/call', { name: 'ask_codebase', arguments: input, _meta: { progressToken: 1 } }, 2);

export const mcp: FuzzTarget = {
  name: 'mcp',
  seeds: [
    ask({ question: 'What is it?' }),
    ask({ question: 'What is it?', folder: '/w', scope: ['src'], maxCostUsd: 1, maxSeconds: 10, maxCalls: 5 }),
    message('tools/list', {}, 2),
    message('notifications/cancelled', { requestId: 2, reason: 'x' }),
    JSON.stringify({ jsonrpc: '2.0', id: 2, result: { roots: [{ uri: 'file:///w' }] } }),
  ].map((line) => `${begin}${line}`),
  words: [
    '"question":',
    '"arguments":',
    'null',
    '[]',
    '{}',
    '"id":2',
    '"method":"',
    'tools/call',
    '"jsonrpc":"2.0"',
    '\n',
    '-1',
    '1e99',
    '"__proto__":{}',
    '"_meta":',
    'ask_codebase',
    '[',
  ],
  async check(input) {
    const [toServer, fromServer] = [new PassThrough(), new PassThrough()];
    const server = askServer({
      ...{ version: '1', folders: true },
      ask: async ({ question, scope = [], maxCostUsd = 0, maxSeconds = 1, maxCalls = 1 }, tell) => {
        hold(
          question.trim() !== '' && question.length <= 20_000 && scope.length <= 1000,
          'a question is as it was said to be',
        );
        hold(
          maxCostUsd >= 0 && maxSeconds >= 1 && maxCalls >= 1 && Number.isInteger(maxCalls),
          'limits are as they were said to be',
        );
        tell('on it');
        return { end, models: { root: 'a', sub: 'b' } };
      },
    });
    let said = '';
    fromServer.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    await server.connect(new StdioServerTransport(toServer, fromServer));
    toServer.write(`${input}\n${message('ping', {}, 987)}\n`);
    for (let turn = 0; turn < 400 && !said.includes('"id":987'); turn++)
      await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    hold(said.includes('"id":987'), 'the last request is answered, whatever came before');
    for (const line of said.trim().split('\n')) JSON.parse(line);
    hold(!/broken:/.test(said), 'nothing reaches the tool but what its schema allows');
  },
  allowedMs: { flat: 400, perChar: 0.05 },
};
