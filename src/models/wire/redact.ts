/** Shorter than this is a placeholder (`x`, `sk`), not a secret; replacing it everywhere would only garble the message. */
const shortestSecret = 4;

/** What OpenAI echoes of a wrong key, stars and all, and any bearer token. */
const looksSecret = /\b(sk-[\w*.…-]{3,}|Bearer\s+[^\s"',]+)/g;

/** Removes the given secrets, and whatever else looks like a key, from a text that people or logs will see. */
export function redact(text: string, secrets: readonly string[]): string {
  const byLength = secrets.filter((secret) => secret.length >= shortestSecret).sort((a, b) => b.length - a.length);
  return byLength.reduce((kept, secret) => kept.replaceAll(secret, '[key]'), text).replace(looksSecret, '[key]');
}

/** Escape sequences of terminals; controls and marks of direction (\p{C} and line separators), which could forge a line. */
const unprintable = /\p{Cc}\[[0-9;?]*[ -/]*[@-~]|[\p{C}\p{Zl}\p{Zp}]/gu;

/** The first `max` characters of what a server sent, on one line, safe to print. Redact before: cutting may split a key. */
export function excerpt(text: string, max = 80): string {
  const line = text
    .slice(0, max * 20)
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > max ? `${line.slice(0, max)}…` : line;
}
