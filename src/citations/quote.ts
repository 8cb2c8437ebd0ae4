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
const lineNumbers = /^[ \t]*\d+(?:[ \t]*[│|:][ \t]?| {2}|$)/;

/** The pieces of a quote between its elisions (`...`, `// …`), folded. */
function segmentsOf(quote: string): readonly string[] {
  return quote
    .split(new RegExp(elision, 'gm'))
    .map(fold)
    .filter((segment) => segment !== '');
}

/** The quote without the line numbers that `read()` and viewers print, or `undefined` when not every line has one. */
function withoutLineNumbers(quote: string): string | undefined {
  const lines = quote.split(/\r\n|\r|\n/);
  const numbered = lines.every((line) => line.trim() === '' || lineNumbers.test(line));
  return numbered ? lines.map((line) => line.replace(lineNumbers, '')).join('\n') : undefined;
}

/**
 * Where `quote` stands in `lines`, white space aside, preferring the place nearest to `near` (a 1-based line).
 * @returns 1-based inclusive lines, or `undefined` when it stands nowhere.
 */
export function findQuote(lines: readonly string[], quote: string, near: number): LineRange | undefined {
  const folded = foldLines(lines);
  const bare = withoutLineNumbers(quote);
  return (
    findSegments(folded, segmentsOf(quote), near) ??
    (bare === undefined ? undefined : findSegments(folded, segmentsOf(bare), near))
  );
}

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
