import type { Random } from '../random.ts';

/** A file of real code that corpora are made of. */
export interface SourceFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly bytes: number;
}

/** A file of a corpus: the first `lineCount` lines of a source. */
interface Part {
  readonly path: string;
  readonly source: SourceFile;
  readonly lineCount: number;
  readonly bytes: number;
}

export interface Filler {
  readonly parts: readonly Part[];
  readonly bytes: number;
  /** How often the sources were gone through: above 1, files stand in the corpus more than once. */
  readonly copies: number;
}

/**
 * Real code of about `bytes` bytes: the sources in an order of the seed, cut where it is enough, and again from the start, in
 * another order and in a folder of its own, where they are too few.
 * @throws RangeError when the sources hold nothing.
 */
export function fill(sources: readonly SourceFile[], bytes: number, random: Random): Filler {
  const parts: Part[] = [];
  let total = 0;
  let copies = 0;
  if (!sources.some((source) => source.bytes > 0)) throw new RangeError('there is no code to make a corpus of');
  while (total < bytes) {
    copies++;
    for (const source of random.shuffled(sources)) {
      if (total >= bytes) break;
      const path = copies === 1 ? source.path : `copy-${copies}/${source.path}`;
      const part = cut(path, source, bytes - total);
      total += part.bytes;
      parts.push(part);
    }
  }
  return { parts: parts.toSorted((a, b) => (a.path < b.path ? -1 : 1)), bytes: total, copies };
}

function cut(path: string, source: SourceFile, room: number): Part {
  if (source.bytes <= room) return { path, source, lineCount: source.lines.length, bytes: source.bytes };
  let bytes = 0;
  let lineCount = 0;
  for (const line of source.lines) {
    bytes += line.length + 1;
    lineCount++;
    if (bytes >= room) break;
  }
  return { path, source, lineCount, bytes };
}

/** Lines to be put into a part, before its line `before` (from 0). */
export interface Insertion {
  readonly part: Part;
  readonly before: number;
  readonly lines: readonly string[];
}

/**
 * Finds a place for something of its own at `depth` (0 to 1) of the corpus: between two top-level pieces of a file in a language
 * that `accepts` knows. @returns `undefined` when there is none.
 */
export function placeAt(
  { parts, bytes }: Filler,
  depth: number,
  accepts: (path: string) => boolean,
): Pick<Insertion, 'part' | 'before'> | undefined {
  let start = 0;
  let first = 0;
  for (const [at, part] of parts.entries()) {
    if (start + part.bytes > depth * bytes) {
      first = at;
      break;
    }
    start += part.bytes;
  }
  // From there on, and from the beginning when the end is reached.
  for (let step = 0; step < parts.length; step++) {
    const part = parts[(first + step) % parts.length];
    if (part === undefined || !accepts(part.path)) continue;
    const inside = step === 0 ? Math.floor(((depth * bytes - start) / Math.max(1, part.bytes)) * part.lineCount) : 0;
    const before = seam(part, inside);
    if (before !== undefined) return { part, before };
  }
  return undefined;
}

/** The next line after a blank one that begins at the margin with a word. */
function seam({ source: { lines }, lineCount }: Part, from: number): number | undefined {
  for (let at = Math.max(1, from); at < lineCount; at++)
    if (lines[at - 1]?.trim() === '' && /^[A-Za-z@]/.test(lines[at] ?? '')) return at;
  return undefined;
}

/** The texts of a corpus with what was put in, each made when it is read; and where each insertion came to stand. */
export function render({ parts }: Filler, insertions: readonly Insertion[]) {
  const byPath = Map.groupBy(insertions, ({ part }) => part.path);
  const spans = new Map<Insertion, readonly [path: string, start: number, end: number]>();
  for (const [path, some] of byPath) {
    let shift = 0;
    for (const one of inOrder(some)) {
      spans.set(one, [path, one.before + shift + 1, one.before + shift + one.lines.length]);
      shift += one.lines.length;
    }
  }
  const texts = new Map(parts.map((part) => [part.path, () => textOf(part, byPath.get(part.path) ?? [])] as const));
  return { texts, spans };
}

const inOrder = (insertions: readonly Insertion[]) => insertions.toSorted((a, b) => a.before - b.before);

function textOf({ source, lineCount }: Part, insertions: readonly Insertion[]): string {
  const lines: string[] = [];
  let from = 0;
  for (const { before, lines: added } of inOrder(insertions)) {
    lines.push(...source.lines.slice(from, before), ...added);
    from = before;
  }
  lines.push(...source.lines.slice(from, lineCount));
  return `${lines.join('\n')}\n`;
}
