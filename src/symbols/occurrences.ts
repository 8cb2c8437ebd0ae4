import { type TokenKind, tokenAt } from './facts.ts';

/** An identifier in a file. */
export interface Occurrence {
  readonly offset: number;
  readonly kind: TokenKind;
}

const continues = /^[\p{L}\p{N}_$]/u;
/** Ruby's names may end in ? or !, which a comparison after a name does not look like. */
const continuesInRuby = /^(?:[\p{L}\p{N}_]|[?!](?![=:]))/u;

/** @returns the identifiers of exactly this name, in order; what stands in comments and strings is none. */
export function identifiersOf(
  text: string,
  name: string,
  tokens: Uint32Array,
  language: string,
): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const goesOn = language === 'ruby' ? continuesInRuby : continues;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const kind = tokenAt(tokens, at);
    if (kind === undefined) continue;
    const end = at + name.length;
    if (!goesOn.test(text.slice(end, end + 2))) found.push({ offset: at, kind });
  }
  return found;
}

/** Languages in which a dollar may be part of a name; elsewhere it says that a name follows, also within a string. */
const dollarInNames: ReadonlySet<string> = new Set(['vue', 'svelte', 'astro']);

/** @returns offsets of the name as a whole word, for texts that no parser reads. */
export function wordsOf(text: string, name: string, language: string): readonly number[] {
  const found: number[] = [];
  const within = dollarInNames.has(language) ? /[\p{L}\p{N}_$]$/u : /[\p{L}\p{N}_]$/u;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const end = at + name.length;
    if (!within.test(before) && !continues.test(text.slice(end, end + 2))) found.push(at);
  }
  return found;
}
