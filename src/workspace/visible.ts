import { grouped } from '../util/grouped.ts';

/** Whatever could move a cursor, hide or reorder text, or break a line; a backslash, so that `\\n` and `\n` differ. */
const invisible = /[\p{C}\p{Zl}\p{Zp}\\]/gu;

/** A path as one printable line; `\n`, `\x1b`… stand for what cannot be seen. Longer ones lose their middle. */
export function visiblePath(path: string, maxChars: number): string {
  return shorten(path.replaceAll(invisible, escaped), maxChars);
}

/** A line of text as one printable line of at most `maxChars`. */
export function visibleLine(text: string, maxChars: number): string {
  const line = text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length <= maxChars ? line : `${line.slice(0, maxChars - 1).trimEnd()}…`.toWellFormed();
}

function escaped(char: string): string {
  if (char === '\n') return '\\n';
  if (char === '\\') return '\\\\';
  const code = char.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

function shorten(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text;
  const head = Math.ceil((maxChars - 1) / 3);
  return `${text.slice(0, head)}…${text.slice(text.length - (maxChars - 1 - head))}`.toWellFormed();
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${(bytes / 1000).toPrecision(3)} kB`;
  return `${(bytes / 1_000_000).toPrecision(3)} MB`;
}

export const formatCount = (count: number, noun: string): string =>
  `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
