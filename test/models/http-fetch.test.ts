import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, it } from 'vitest';
import { createHttpFetch } from '../../src/models/node/http-fetch.ts';
import { createNetwork } from '../../src/models/node/network.ts';
import { selfSigned } from '../support/self-signed.ts';
import { failureOf } from './openai-harness.ts';

it('gives up a connection that does not come to stand', async () => {
  const mute = createTcpServer();
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const { port } = mute.address() as AddressInfo;
  const fetch = createHttpFetch({ connectMs: 80 });
  await expect(fetch(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  mute.close();
});

it('trusts an authority that it is told of, and no other', async () => {
  const { key, cert } = selfSigned('DNS:localhost,IP:127.0.0.1');
  const server = createServer({ key, cert }, (_, response) => response.end('{"error":"seen"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const strange = await failureOf({ url });
  expect(strange).toMatchObject({
    kind: 'unreachable',
    message: expect.stringContaining('certificate is not trusted'),
  });
  expect(
    (await failureOf({ url }, { network: createNetwork({ ca: cert }), retry: { maxAttempts: 1 } })).message,
  ).toContain('seen');
  server.closeAllConnections();
  server.close();
});
