import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Relay, startRelay } from './driver/relay.ts';
import { type Settings, scripted } from './driver/settings.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });
let company: Relay;
const folder = mkdtempSync(join(tmpdir(), 'ask-codebase-ca-'));
beforeAll(async () => {
  company = await startRelay({ to: server.url, tls: certificates() });
});
afterAll(async () => {
  await company.close();
  rmSync(folder, { recursive: true });
});

/** An authority that nobody knows, and what it issued for this machine. */
function certificates(): { readonly key: string; readonly cert: string } {
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1,DNS:models.example');
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout'];
  openssl('req', '-x509', ...key, 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority', '-days', '2');
  openssl('req', ...key, 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signed);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { key: read('server.key'), cert: read('server.pem') };
}

function openssl(...args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`openssl ${args.join(' ')}: ${stderr}`);
}

async function answers(settings: Settings, text: RegExp): Promise<void> {
  await inVsCode({ open: { kind: 'folder', files: project }, settings }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('short', 'What is it?'));
    await vscode.sidebar.answered(text);
  });
}

async function throughProxy(to: string, settings: Settings): Promise<readonly string[]> {
  const proxy = await startRelay({ to });
  try {
    await answers({ ...settings, 'http.proxy': `http://127.0.0.1:${proxy.port}` }, /Short/);
    return proxy.seen;
  } finally {
    await proxy.close();
  }
}

it('goes through the proxy of VS Code’s settings', async () => {
  const seen = await throughProxy(server.url, scripted('http://models.example/v1'));
  expect(seen.join('\n')).toMatch(/^(?:POST http:\/\/models\.example\/v1\/|CONNECT models\.example:80)/m);
});

it('goes through that proxy to a server of an authority that a setting names', async () => {
  const trusted = { ...scripted('https://models.example/v1'), 'askCodebase.caFile': join(folder, 'ca.pem') };
  expect(await throughProxy(`https://127.0.0.1:${company.port}`, trusted)).toContain('CONNECT models.example:443');
});

it('trusts the authority that a setting names', () =>
  answers(
    { ...scripted(`https://127.0.0.1:${company.port}/v1`), 'askCodebase.caFile': join(folder, 'ca.pem') },
    /Short/,
  ));

it('refuses a server whose authority nobody named, and says why', () =>
  answers(scripted(`https://127.0.0.1:${company.port}/v1`), /certificate/i));
