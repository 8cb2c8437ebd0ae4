/** Lines of a file with white space folded, joined into one searchable text that remembers which line it came from. */
interface FoldedText {
  readonly text: string;
  /** Offset in `text` at which each line starts; blank lines share their successor's. */
  readonly starts: readonly number[];
}

export interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

const fold = (text: string) => text.trim().replace(/\s+/g, ' ');

function foldLines(lines: readonly string[]): FoldedText {
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    const folded = fold(line);
    if (folded === '') continue;
    parts.push(folded);
    length += folded.length + 1;
  }
  return { text: parts.join(' '), starts };
}

const dots = String.raw`(?:\.{3}|…)`;
/** `...options,` and `...args) {` are code and have to be there; `...rest of the function` is said about code. */
const spread = String.raw`(?:[\w$.?!]*[\w$](?:[,;:)\]}([]|[ \t]*$)|(?![ \t])[^\n]*(?:[{}=&|;]|,[ \t]*$))`;
/** So is what follows a comment on its line. */
const codeAfter = String.raw`[^\n]*(?:\*\/|-->)[ \t]*\S`;
const elision = String.raw`^[ \t]*(?:(?:\/\/|#|--)[ \t]*${dots}|(?:\/\*|<!--)[ \t]*${dots}(?!${codeAfter})|…|\.{3}(?!${spread}))[^\n]*$`;
const lineNumber = /^[ \t]*(\d+)(?:[ \t]*[│|:][ \t]?| {2}|$)/;

/** The pieces of a quote between its elisions (`...`, `// …`), folded. */
function segmentsOf(quote: string): readonly string[] {
  return quote
    .split(new RegExp(elision, 'gm'))
    .map(fold)
    .filter((segment) => segment !== '');
}

/**
 * Where `quote` stands in `lines`, white space aside, preferring the place nearest to where it is cited. The numbers that `read()` and
 * viewers print before each line need not stand there.
 * @returns 1-based inclusive lines, or `undefined` when it stands nowhere.
 */
export function findQuote(lines: readonly string[], quote: string, cited: LineRange): LineRange | undefined {
  const folded = foldLines(lines);
  const place = findSegments(folded, segmentsOf(quote), cited.startLine);
  if (place !== undefined) return place;
  const numbered = quote.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const numbers = numbered.map((line) => Number(lineNumber.exec(line)?.[1] ?? Number.NaN));
  const bare = numbered.map((line) => line.replace(lineNumber, ''));
  const found = findSegments(folded, segmentsOf(bare.join('\n')), cited.startLine);
  if (found === undefined) return undefined;
  const blank = bare.filter((line) => line.trim() === '').length;
  const most = found.endLine - found.startLine + blank;
  return areRising(numbers, most) && mayBegin(numbers[0] ?? Number.NaN, cited, found) ? found : undefined;
}

/** @param most by how much from the first to the last. */
const areRising = (numbers: readonly number[], most: number): boolean =>
  numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? Number.NaN)) &&
  (numbers.at(-1) ?? Number.NaN) - (numbers[0] ?? Number.NaN) <= most;

/** Numbers of lines begin with 1, or within the lines that are cited or found: that of `404: 'Gone',` in a table does not. */
const mayBegin = (first: number, ...ranges: readonly LineRange[]): boolean =>
  first === 1 || ranges.some(({ startLine, endLine }) => first >= startLine && first <= endLine);

function findSegments(folded: FoldedText, segments: readonly string[], near: number): LineRange | undefined {
  const [first] = segments;
  if (first === undefined) return undefined;
  const rest = new Searches(folded.text, segments);
  let best: LineRange | undefined;
  for (let at = folded.text.indexOf(first); at >= 0; at = folded.text.indexOf(first, at + 1)) {
    const end = rest.endFrom(at);
    if (end === undefined) break;
    const range = { startLine: lineAt(folded, at), endLine: lineAt(folded, end - 1) };
    if (best !== undefined && Math.abs(range.startLine - near) >= Math.abs(best.startLine - near)) break;
    best = range;
  }
  return best;
}

/** Looks for segments one after the other, from ever later places: what was found is found again without reading it anew. */
class Searches {
  readonly #text: string;
  readonly #segments: readonly string[];
  readonly #found: number[] = [];

  constructor(text: string, segments: readonly string[]) {
    this.#text = text;
    this.#segments = segments;
  }

  /** @param from not before that of the call before. */
  endFrom(from: number): number | undefined {
    let position = from;
    for (const [n, segment] of this.#segments.entries()) {
      const known = this.#found[n] ?? -1;
      const at = known >= position ? known : this.#text.indexOf(segment, position);
      if (at < 0) return undefined;
      this.#found[n] = at;
      // As far as before: all that follows is where it was.
      if (at === known && n > 0) return this.#end;
      position = at + segment.length;
    }
    this.#end = position;
    return position;
  }

  #end: number | undefined;
}

/** The 1-based line that holds the folded text's character at `offset`. */
function lineAt({ starts }: FoldedText, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
