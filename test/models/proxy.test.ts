import { createServer, get } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connectionTrouble } from '../../src/models/node/connection-error.ts';
import { createHttpFetch } from '../../src/models/node/http-fetch.ts';
import { selfSigned } from '../support/self-signed.ts';

/** Only the proxy knows where this host is. */
const host = 'model.test';
const seen: string[] = [];
let tunnel: 'made' | '407 Proxy Authentication Required' | '503 Busy' | 'mute' = 'made';

const plain = createServer((_, response) => response.end('plain'));
const { key, cert } = selfSigned(`DNS:${host}`);
const secure = createSecureServer({ key, cert }, (_, response) => response.end('secure'));
const proxy = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization']}`);
  get({ port: portOf(plain) }, (incoming) => incoming.pipe(response));
});
proxy.on('connect', (request, socket) => {
  seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization']}`);
  if (/^\d/.test(tunnel)) socket.end(`HTTP/1.1 ${tunnel}\r\n\r\n`);
  if (tunnel !== 'made') return;
  const onward = connect(portOf(secure), '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    onward.pipe(socket).pipe(onward);
  });
  for (const end of [onward, socket]) end.on('error', () => undefined);
});

const servers = [plain, secure, proxy];
beforeAll(() => Promise.all(servers.map((server) => new Promise<void>((up) => server.listen(0, '127.0.0.1', up)))));
afterAll(() => {
  for (const server of servers) server.close();
});
beforeEach(() => {
  seen.length = 0;
  tunnel = 'made';
});

it('asks an HTTPS server through a tunnel, with the password of the proxy for the proxy alone', async () => {
  expect(await (await proxied()(`https://${host}/v1`)).text()).toBe('secure');
  expect(seen).toEqual([`CONNECT ${host}:443 Basic dTpw`]);
});

it('asks an HTTP server through the proxy', async () => {
  expect(await (await proxied()(`http://${host}/v1`)).text()).toBe('plain');
  expect(seen).toEqual([`GET http://${host}/v1 Basic dTpw`]);
});

it('goes straight to what runs on this machine, and to what NO_PROXY names', async () => {
  expect(await (await proxied()(`http://127.0.0.1:${portOf(plain)}/`)).text()).toBe('plain');
  await expect(proxied('.test')(`http://${host}/`)).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/^E[NA]/) },
  });
  expect(seen).toEqual([]);
});

it.each([
  ['407 Proxy Authentication Required', true],
  ['503 Busy', false],
] as const)('says that the proxy answered %s; whether it will do so again: %s', async (status, permanent) => {
  tunnel = status;
  const error = await proxied()(`https://${host}/`).catch((thrown: unknown) => thrown);
  expect(connectionTrouble(error, (text) => text)).toEqual({
    reason: 'the proxy did not let it through; the environment names a proxy (HTTPS_PROXY)',
    permanent,
  });
});

it('gives up a tunnel that does not come', async () => {
  tunnel = 'mute';
  const error = await proxied()(`https://${host}/`).catch((thrown: unknown) => thrown);
  expect(connectionTrouble(error, (text) => text).reason).toContain(
    'connecting timed out; the environment names a proxy',
  );
});

function proxied(NO_PROXY = '') {
  const address = `http://u:p@127.0.0.1:${portOf(proxy)}`;
  const proxyEnv = { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY };
  return createHttpFetch({ connectMs: 500, ca: cert, proxyEnv });
}

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}
