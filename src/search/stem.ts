/** Ends a word in one letter or another: `parsing`, `parsed`, `parses` and `parse` are one. Light, so that little falls together that should not. */
export function stem(word: string): string {
  if (word.length < 4) return word;
  const singular = withoutPlural(word);
  const root = withoutSuffix(singular);
  return root.length > 4 && root.endsWith('e') ? root.slice(0, -1) : root;
}

function withoutPlural(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function withoutSuffix(word: string): string {
  if (word.length > 5 && word.endsWith('ied')) return `${word.slice(0, -3)}y`;
  const root = word.length > 5 ? /^(..+[^e]?)(?:ing|ed)$/.exec(word)?.[1] : undefined;
  if (root === undefined || root.length < 3 || !/[aeiouy]/.test(root)) return word;
  return /([^aeiouls])\1$/.test(root) ? root.slice(0, -1) : root;
}
