interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** In this order: what comes later must not see what came before. */
const rules: readonly Rule[] = [
  { pattern: /\b(https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])):\d+/g, replacement: '$1:<port>' },
  { pattern: /\b(127\.0\.0\.1|localhost):\d{2,5}\b/g, replacement: '$1:<port>' },
  { pattern: /(?:\/private)?\/(?:tmp|var\/folders|var\/tmp)\/[^\s'"`:;,)\]]+/g, replacement: '<tmp>' },
  { pattern: /(?:\/home|\/Users)\/[^\s/'"`:;,)\]]+|\/root(?=\/)/g, replacement: '<home>' },
  { pattern: /\b[A-Za-z]:\\(?:[^\s\\'"`:;,)\]]+\\)*[^\s\\'"`:;,)\]]*/g, replacement: '<path>' },
  { pattern: /\b\d{4}-\d\d-\d\dT\d\d[:-]\d\d[:-]\d\d(?:\.\d+)?Z?/g, replacement: '<time>' },
  { pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, replacement: '<id>' },
  { pattern: /\b[0-9a-f]{64}\b/g, replacement: '<sha256>' },
  { pattern: /\b0x[0-9a-f]{6,}\b/g, replacement: '<address>' },
  { pattern: /\b\d+(?:\.\d+)?(?= ?(?:ms|s|secs?|seconds?|min|minutes?)\b)/g, replacement: '<n>' },
];

/** Puts placeholders for what differs between two runs of the same thing: ports, temporary paths, times, ids. */
export function normaliseVolatile(text: string, names: ReadonlyMap<string, string> = new Map()): string {
  let result = text;
  for (const [name, placeholder] of names) result = result.replaceAll(name, placeholder);
  for (const { pattern, replacement } of rules) result = result.replace(pattern, replacement);
  return result;
}
