import { lineKind, Numbers } from './file-words.ts';

const minLines = 10;
const maxLines = 60;

export interface ReadDefinition {
  readonly word: number;
  readonly line: number;
  readonly indent: number;
  readonly minor: boolean;
}

export interface ReadLines {
  readonly lines: number;
  readonly kindOf: (line: number) => number;
  /** Whether a line is an attribute or a decorator of what follows. */
  readonly isAttached: (line: number) => boolean;
  /** The first token of a line; of the line after the last: how many tokens there are. */
  readonly tokenAt: (line: number) => number;
  readonly definitions: readonly ReadDefinition[];
}

interface Cut {
  readonly passages: Int32Array;
  readonly names: Int32Array;
  readonly nameStarts: Int32Array;
  readonly definitions: Int32Array;
}

/** Cuts a file where definitions begin, with the comments above them, into passages of ten to sixty lines. */
export function cutPassages(read: ReadLines): Cut {
  const starts = definitionStarts(read);
  const passages = new Numbers();
  const names = new Numbers();
  const nameStarts = new Numbers();
  nameStarts.push(0);
  let next = 0;
  const open: ReadDefinition[] = [];
  for (let first = 0, end = 1; end <= read.lines; end++) {
    const isStart = starts[end] === 1 && end - first >= minLines;
    if (end < read.lines && !isStart && end - first < maxLines) continue;
    for (const one of [first + 1, end, read.tokenAt(first), read.tokenAt(end)]) passages.push(one);
    const inside: ReadDefinition[] = [];
    for (; next < read.definitions.length; next++) {
      const definition = read.definitions[next];
      if (definition === undefined || definition.line >= end) break;
      inside.push(definition);
    }
    const outermost = Math.min(...inside.map(({ indent }) => indent), Number.POSITIVE_INFINITY);
    for (const { word, indent } of open) if (indent < outermost) names.push(word);
    for (const definition of inside) {
      names.push(definition.word);
      if (!definition.minor) enter(open, definition);
    }
    nameStarts.push(names.length);
    first = end;
  }
  const major = read.definitions.filter(({ minor }) => !minor);
  const definitions = Int32Array.from(major.flatMap(({ word, line }) => [word, line + 1]));
  return { passages: passages.taken(), names: names.taken(), nameStarts: nameStarts.taken(), definitions };
}

/** Which definitions the next line stands in, by indentation. */
function enter(open: ReadDefinition[], definition: ReadDefinition): void {
  while ((open.at(-1)?.indent ?? -1) >= definition.indent) open.pop();
  open.push(definition);
}

function definitionStarts({ lines, kindOf, isAttached, definitions }: ReadLines): Uint8Array {
  const starts = new Uint8Array(lines + 1);
  for (const { line, minor } of definitions) {
    if (minor) continue;
    let start = line;
    while (start > 0 && (kindOf(start - 1) === lineKind.comment || isAttached(start - 1))) start--;
    starts[start] = 1;
  }
  return starts;
}
