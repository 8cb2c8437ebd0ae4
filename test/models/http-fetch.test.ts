import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createHttpFetch } from '../../src/models/node/http-fetch.ts';
import { createNetwork } from '../../src/models/node/network.ts';
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
  const folder = mkdtempSync(join(tmpdir(), 'ask-ca-'));
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
  const cert = readFileSync(certFile, 'utf8');
  const server = createServer({ key: readFileSync(keyFile), cert }, (_, response) => response.end('{"error":"seen"}'));
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
  rmSync(folder, { recursive: true });
});
