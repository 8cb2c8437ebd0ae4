const mark = '[redacted]';

/** Exact secrets shorter than this are left alone: replacing them would eat ordinary words. */
const shortestSecret = 8;

interface Rule {
  readonly pattern: RegExp;
  /** `$1` keeps what names the secret. */
  readonly replacement: string;
}

/** A key may begin after an escape, in JSON or in a URL, whose last character looks like the word's. */
const afterEscape = String.raw`(?:\b|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f]{2}))`;

const rule = (pattern: RegExp, replacement = mark): Rule => ({
  pattern: new RegExp(pattern.source.replace(/^\\b/, afterEscape), pattern.flags),
  replacement,
});

const rules: readonly Rule[] = [
  // A private key, whole or (cut off) as far as its base64 goes; `\n` may be escaped, lines may be numbered.
  rule(
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,12000}?-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|(?:[\s\\nr:|│\d]{0,24}[A-Za-z0-9+/=]{16,})*)/g,
  ),
  // OpenAI, Anthropic, OpenRouter, …: a digit or capital tells a key from a kebab-case word.
  rule(/\bsk-(?=[a-z_-]{0,200}[A-Z0-9])[A-Za-z0-9_-]{16,}/g),
  rule(/\b[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}/g),
  rule(/\b(Bearer)\s+(?=[a-z._~+/=-]{0,400}[A-Z0-9])[A-Za-z0-9._~+/=-]{12,}/gi, `$1 ${mark}`),
  rule(/\b(Authorization["']?\s*[:=]\s*["']?Basic)\s+[A-Za-z0-9+/=]{8,}/gi, `$1 ${mark}`),
  rule(/\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b/g),
  rule(/\b(aws_?secret_?access_?key["']?\s*[:=]\s*["']?)[A-Za-z0-9/+=]{40}/gi, `$1${mark}`),
  rule(/\bgh[pousr]_[A-Za-z0-9]{30,}/g),
  rule(/\bgithub_pat_[A-Za-z0-9_]{22,}/g),
  rule(/\bglpat-[A-Za-z0-9_-]{20,}/g),
  rule(/\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g),
  rule(/\bAIza[A-Za-z0-9_-]{35}/g),
  rule(/\bnpm_[A-Za-z0-9]{36}/g),
  rule(/\bhf_[A-Za-z0-9]{30,}/g),
  // A JSON Web Token. Its header is short; without a bound, a file full of such beginnings would take the square of its length.
  rule(/\beyJ[A-Za-z0-9_-]{10,1000}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g),
  // A password in a URL.
  rule(/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{1,100}:)[^\s/@"'<>]{1,200}(?=@)/gi, `$1${mark}`),
];

/**
 * Takes what looks like a key, and the exact secrets it is told of, out of a text. It is a net, not a proof: a secret of
 * no known shape that nobody names passes.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const exact = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const secret of exact) clean = clean.replaceAll(secret, mark);
    for (const { pattern, replacement } of rules) clean = clean.replace(pattern, replacement);
    return clean;
  };
}
