import type { DefinitionKind } from './symbol-source.ts';

/** Offsets count UTF-16 units of the file's text. */
export interface Definition {
  readonly name: string;
  readonly kind: DefinitionKind;
  readonly nameAt: number;
  readonly start: number;
  readonly end: number;
  /** Names around it, joined by dots. */
  readonly container: string;
  /** Index of the definition around it; -1 at the top. */
  readonly parent: number;
}

export interface Import {
  readonly start: number;
  readonly end: number;
  readonly module: string;
  readonly moduleAt: number;
}

/** What is kept of a file that was parsed: small, and independent of its path. */
export interface FileFacts {
  /** By `start`; what is around comes before what is in it. */
  readonly definitions: readonly Definition[];
  readonly imports: readonly Import[];
  /** Every identifier, by offset: see `packToken`. */
  readonly tokens: Uint32Array;
  readonly hasErrors: boolean;
}

/** In rising precedence. */
export const tokenKinds = ['use', 'call', 'import', 'definition'] as const;
export type TokenKind = (typeof tokenKinds)[number];

const offsetBits = 28;
const offsetMask = 2 ** offsetBits - 1;

/** Offset and kind in one number: a file's text is far shorter than 2^28. */
export const packToken = (offset: number, kind: TokenKind): number =>
  tokenKinds.indexOf(kind) * 2 ** offsetBits + offset;

/** @returns the kind of the identifier that begins at this offset, `undefined` when none does (comments, strings). */
export function tokenAt(tokens: Uint32Array, offset: number): TokenKind | undefined {
  const token = tokens[firstFrom(tokens, offset)];
  return token === undefined || (token & offsetMask) !== offset ? undefined : tokenKinds[token >>> offsetBits];
}

/** @returns the innermost definition that holds the offset. */
export function definitionAround(
  { definitions }: Pick<FileFacts, 'definitions'>,
  offset: number,
): Definition | undefined {
  let low = 0;
  let high = definitions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((definitions[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0; ) {
    const definition = definitions[at];
    if (definition === undefined || definition.end > offset) return definition;
    at = definition.parent;
  }
  return undefined;
}

export const qualifiedName = ({ container, name }: Definition): string =>
  container === '' ? name : `${container}.${name}`;

/** Rough size in memory, in bytes. */
export const sizeOf = ({ definitions, imports, tokens }: FileFacts): number =>
  200 + tokens.byteLength + definitions.length * 160 + imports.length * 120;

/** @returns offsets of the imported identifiers between two offsets. */
export function importedIn(tokens: Uint32Array, start: number, end: number): readonly number[] {
  const imported = tokenKinds.indexOf('import');
  const found: number[] = [];
  for (let at = firstFrom(tokens, start); at < tokens.length; at++) {
    const token = tokens[at] ?? 0;
    const offset = token & offsetMask;
    if (offset >= end) break;
    if (token >>> offsetBits === imported) found.push(offset);
  }
  return found;
}

/** @returns the index of the first identifier at or after an offset. */
function firstFrom(tokens: Uint32Array, offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (((tokens[middle] ?? 0) & offsetMask) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
