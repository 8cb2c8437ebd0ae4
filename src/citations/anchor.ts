/** A citation with what is needed to find its text again after the code has changed. The text itself is not kept. */
export interface Anchor {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** SHA-256 of the cited lines, white space folded and blank lines dropped. */
  readonly sha256: string;
  /** A short hash of each of those lines, to find what was moved or edited. */
  readonly lines: readonly string[];
  /** The same of the words of a text of few lines, of which not one whole line may be left after a change. */
  readonly words: readonly string[];
}

export type Hash = (text: string) => string;

/** A file's lines as anchors compare them: folded, without blank ones. */
export interface FoldedLines {
  readonly hashes: readonly string[];
  /** The 1-based line each of them is. */
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

export function foldFile(lines: readonly string[], firstLine = 1): FoldedLines {
  const hashes: string[] = [];
  const numbers: number[] = [];
  const texts: string[] = [];
  lines.forEach((line, index) => {
    const folded = line.trim().replace(/\s+/g, ' ');
    if (folded === '') return;
    texts.push(folded);
    hashes.push(shortHash(folded));
    numbers.push(firstLine + index);
  });
  return { hashes, numbers, texts };
}

export function anchorOf(
  { path, startLine, endLine }: Pick<Anchor, 'path' | 'startLine' | 'endLine'>,
  cited: readonly string[],
  hash: Hash,
): Anchor {
  const { hashes, texts } = foldFile(cited);
  const words = texts.length <= fewLines ? hashWords(texts) : [];
  return { path, startLine, endLine, sha256: hash(texts.join('\n')), lines: hashes, words };
}

const fewLines = 4;
const maxWords = 60;

/** The different words of folded lines, hashed. */
export const hashWords = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts.join(' ').match(/[\p{L}\p{N}_]+/gu))].slice(0, maxWords).map(shortHash);

/** 53 bits (https://github.com/bryc/code/blob/master/jshash/experimental/cyrb53.js): finds candidates, proves nothing. */
function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
