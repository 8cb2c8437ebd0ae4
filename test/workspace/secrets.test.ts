import { expect, test } from 'vitest';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { MemoryFiles, memorySnapshot, neverAborted, pathsOf, reasonsOf } from '../support/workspace.ts';

const base64 = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';
const marker = (word: string): string => `-----${word} RSA PRIVATE KEY-----`;

test.each([
  '.env',
  '.env.local',
  'deploy/.env.production',
  'prod.env',
  '.envrc',
  '.env~',
  '.env-production',
  '.env_local',
  'id_rsa',
  'keys/id_ed25519',
  'server.pem',
  'tls/server.key',
  'a.p12',
  'a.pfx',
  'a.jks',
  'a.keystore',
  '.netrc',
  '.pypirc',
  '.aws/credentials',
  '.kube/config',
  'kubeconfig',
  'application_default_credentials.json',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'prod.tfvars',
  'vault.kdbx',
  '.git-credentials',
  '.config/gh/hosts.yml',
])('%s is left out unread', async (path) => {
  const files = new MemoryFiles({ '/p': { [path]: 'token=1', 'a.ts': '1' } });
  const snapshot = await buildSnapshot(files, {}, neverAborted());
  expect(reasonsOf(snapshot)).toEqual({ [path]: 'secret' });
  expect(files.reads).toEqual(['a.ts']);
});

test.each([
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.local.example',
  '.env-example',
  '.environment',
  'id_rsa.pub',
  'environment.ts',
  'keys.ts',
  'src/gcloud/client.ts',
  '.cargo/config.toml',
  'aws/credentials.ts',
])('%s is no secret', async (path) => {
  expect(pathsOf(await memorySnapshot({ [path]: 'x' }))).toEqual([path]);
});

test('a folder of keys is one entry', async () => {
  expect(reasonsOf(await memorySnapshot({ 'home/.ssh/config': '', 'home/.ssh/known_hosts': '' }))).toEqual({
    'home/.ssh/': 'secret',
  });
});

test('what is a secret in its folder is one when that folder is opened', async () => {
  const files = {
    '/me/.kube': { config: 'token: 1' },
    '/me/.aws': { credentials: 'k=1' },
    '/me/.config': { 'gcloud/x.json': '1' },
  };
  const snapshot = await buildSnapshot(new MemoryFiles(files), {}, neverAborted());
  expect(reasonsOf(snapshot)).toEqual({
    '.aws/credentials': 'secret',
    '.config/gcloud/': 'secret',
    '.kube/config': 'secret',
  });
});

test('a private key is told by its text, code that names the marker is not', async () => {
  const snapshot = await memorySnapshot({
    'deploy/cert.txt': `${marker('BEGIN')}\n${base64}\n${marker('END')}\n`,
    'service.json': JSON.stringify({ private_key: `${marker('BEGIN')}\n${base64}\n` }),
    'old.txt': `${marker('BEGIN')}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\n${base64}\n`,
    'pgp.txt': `${marker('BEGIN')}\nVersion: 2\nComment: a: b\n\n${base64}\n`,
    'nested.yml': JSON.stringify(JSON.stringify({ private_key: `${marker('BEGIN')}\n${base64}\n` })),
    'device.c': `const char key[] = "${marker('BEGIN')}\\n"\n  "${base64}\\n";`,
    'joined.js': `const key = '${marker('BEGIN')}\\n' +\n  '${base64}';`,
    'large.json': `${'{ "a": 1 },\n'.repeat(20_000)}"${marker('BEGIN')}\\n${base64}\\n"`,
    'bundle.txt': `${'-----BEGIN CERTIFICATE-----\n'.repeat(300)}${marker('BEGIN')}\n${base64}`,
    'flat.txt': `${marker('BEGIN')} Proc-Type: 4,ENCRYPTED DEK-Info: AES ${base64}`,
    'list.ts': `const marks = ['${marker('BEGIN')}', '${marker('END')}'];`,
    'detect.ts': `if (text.includes('${marker('BEGIN')}')) throw new Error('a key');`,
  });
  expect(reasonsOf(snapshot)).toEqual({
    'bundle.txt': 'secret',
    'deploy/cert.txt': 'secret',
    'device.c': 'secret',
    'flat.txt': 'secret',
    'joined.js': 'secret',
    'large.json': 'secret',
    'nested.yml': 'secret',
    'old.txt': 'secret',
    'pgp.txt': 'secret',
    'service.json': 'secret',
  });
});

test.each([
  ['headers on one line', 'A: b '.repeat(1000)],
  ['headers on many lines', 'A: b\n'.repeat(10_000)],
  ['markers as headers', `A: ${marker('BEGIN')} `.repeat(1500)],
  ['line ends in strings', '\\\\n'.repeat(20_000)],
  ['quotes and dots', `"+'. `.repeat(12_000)],
  ['markers on lines', `A: ${marker('BEGIN')}\n`.repeat(1500)],
])('what begins like a key is read in one go: %s', { timeout: 20_000 }, async (_, headers) => {
  expect(pathsOf(await memorySnapshot({ 'a.txt': `${marker('BEGIN')}\n${headers}!` }))).toEqual(['a.txt']);
});

const inVariable = (name: string): string => `$${'{'}${name}}`;

test.each([
  ['.npmrc', (it: string) => `save-exact=true\n//registry.example/:_authToken=${it}\n`, inVariable('TOKEN')],
  ['.yarnrc.yml', (it: string) => `npmScopes:\n  mine:\n    npmAuthToken: "${it}"\n`, inVariable('TOKEN')],
  ['.yarnrc.yml', (it: string) => `npmAuthIdent: ${it}\n`, inVariable('ME')],
  ['NuGet.Config', (it: string) => `<add key="ClearTextPassword" value="${it}" />`, '%TOKEN%'],
  ['settings.xml', (it: string) => `<server><password>${it}</password></server>`, inVariable('env.PASS')],
  ['pip.conf', (it: string) => `[global]\nindex-url = https://me:${it}@pypi.example/simple\n`, inVariable('PASS')],
  ['gradle.properties', (it: string) => `org.gradle.daemon=true\nsigning.password = ${it}\n`, ''],
])('%s is left out for a secret in it only', async (path, text, none) => {
  const tree = { [`a/${path}`]: text('abc123'), [`b/${path}`]: text(none), [`c/${path}`]: 'other: 1\n' };
  const snapshot = await memorySnapshot(tree);
  expect(pathsOf(snapshot)).toEqual([`b/${path}`, `c/${path}`]);
  expect(reasonsOf(snapshot)).toEqual({ [`a/${path}`]: 'secret' });
});

test('notSecret names what only looks like one', async () => {
  const tree = { 'test/keys/a.pem': 'x', 'b.pem': 'x', 'test/.ssh/config': 'x' };
  expect(pathsOf(await memorySnapshot(tree, { notSecret: ['test/**'] }))).toEqual([
    'test/.ssh/config',
    'test/keys/a.pem',
  ]);
  expect(pathsOf(await memorySnapshot(tree, { notSecret: ['b.pem'] }))).toEqual(['b.pem']);
});
