import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRedactor } from '../../src/runs/redact.ts';

const redact = createRedactor([]);
const digits = '0123456789abcdefABCDEF0123456789abcdef01';
// Put together here so that no scanner takes this file's examples for keys.
const secrets: readonly (readonly [name: string, text: string, secret: string])[] = [
  ['OpenAI', `key = "sk-proj-${digits}"`, digits],
  ['Anthropic', `sk-ant-api03-${digits}`, digits],
  ['bearer', `Authorization: Bearer ${digits}`, digits],
  ['basic', `"authorization": "Basic ${digits}="`, digits],
  ['AWS id', `id AKIA${'ABCDEFGH'.repeat(2)}.`, 'ABCDEFGHABCDEFGH'],
  ['AWS secret', `aws_secret_access_key = ${digits}`, digits],
  ['GitHub', `ghp_${digits}`, digits],
  ['GitHub, fine-grained', `github_pat_${digits}`, digits],
  ['GitLab', `glpat-${digits}`, digits],
  ['Slack', `xoxb-${digits}`, digits],
  ['Stripe', `sk_live_${digits}`, digits],
  ['Google', `AIza${digits.slice(0, 35)}`, digits.slice(0, 35)],
  ['JWT', `eyJ${digits}.eyJ${digits}.${digits}`, digits],
  ['URL', 'postgres://admin:hunter22@db/x', 'hunter22'],
];

test.each(secrets)('%s keys go', (_, text, secret) => {
  expect(redact(text)).not.toContain(secret);
  expect(redact(text)).toContain('[redacted]');
});

const pem = (kind: string, body: string, end = `-----END ${kind}PRIVATE KEY-----`) =>
  `-----BEGIN ${kind}PRIVATE KEY-----${body}${end}`;
const base64 = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';

test.each([
  ['whole', pem('RSA ', `\n${base64}\n${base64}\n`)],
  ['escaped', pem('', `\\n${base64}\\n${base64}\\n`)],
  ['cut off', pem('EC ', `\n${base64}\n${base64}\n`, '')],
  ['with numbered lines', `1 │ ${pem('', `\n2 │ ${base64}\n3 │ ${base64}`, '')}`],
])('a private key goes: %s', (_, text) => {
  expect(redact(`before ${text}\nafter it`)).not.toContain('MIIE');
  expect(redact(`before ${text}\nafter it`)).toMatch(/before .*after it$/s);
});

test('ordinary code stays as it is', () => {
  const code = [
    'const task = "ask-the-user-about-everything-again";',
    '.sk-loading-spinner-container { color: red }',
    'if (line.includes("-----BEGIN PRIVATE KEY-----")) return classify(line);',
    'headers: { authorization: "Bearer " + key }',
    'https://example.com:8080/a@b',
    '-----BEGIN CERTIFICATE-----',
  ].join('\n');
  const kept = redact(code).replace('[redacted]', '-----BEGIN PRIVATE KEY-----');
  expect(kept).toBe(code);
});

test('exact values go wherever they stand, also URL-encoded', () => {
  const exact = createRedactor(['pa55/word+x', 'pa55/word+x-longer', 'short']);
  expect(exact('a pa55/word+x b pa55%2Fword%2Bx c pa55/word+x-longer d short')).toBe(
    'a [redacted] b [redacted] c [redacted] d short',
  );
});

test('long texts made to confuse patterns take no time', () => {
  const start = Date.now();
  for (const unit of [
    'sk-',
    'a',
    '-----BEGIN PRIVATE KEY-----',
    'Bearer ',
    '1',
    'http://a:',
    'eyJ.',
    'eyJeeeeeeeee-',
    'aws_secret_access_key=',
  ])
    redact(unit.repeat(200_000 / unit.length));
  expect(Date.now() - start).toBeLessThan(4000);
});

test('redacting twice changes nothing more', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom(...secrets.map(([, text]) => text)));
  const property = fc.property(fc.array(part), (parts) => {
    const once = redact(parts.join(' '));
    expect(redact(once)).toBe(once);
  });
  fc.assert(property);
});
