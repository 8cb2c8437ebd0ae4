/** A citation as the answer writes it. Offsets are into the answer's text. */
export interface CitedRange {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The brackets' content is `text.slice(start, end)`: `path:12-30`. */
  readonly start: number;
  readonly end: number;
  /** Text the answer shows as standing in those lines, or `undefined` when it quotes nothing. */
  readonly quote: string | undefined;
}

// The path may hold one level of brackets, as in Next.js's `app/[id]/page.tsx`. Their number and that of the citations of a list
// are bounded, so that what never closes is not read again from each of its brackets.
const plainPart = String.raw`(?:[^\[\]\n:;,]|:(?!L?\d))`;
const path = String.raw`(?!:L?\d|[;,\]\n])${plainPart}*(?:\[[^\[\]\n]*\]${plainPart}*){0,8}`;
const oneCitation = String.raw`(${path}):L?(\d{1,9})(?:\s?[-–—]\s?L?(\d{1,9}))?`;
const bracketed = new RegExp(String.raw`\[(${oneCitation}(?:\s*[;,]\s*(?!\s)${oneCitation}){0,99})\]`, 'g');
const single = new RegExp(oneCitation, 'g');

/**
 * Finds `[path:12-30]` and `[path:12]`, also several in one pair of brackets (`;` or `,` between them).
 * Text in fenced blocks and code spans is not searched, except a span that holds nothing but a citation:
 * `x[a:1]` in quoted code is an index, not a citation.
 */
export function parseCitations(answer: string): readonly CitedRange[] {
  const text = withPlainLines(answer);
  const prose = maskCode(text);
  const found: CitedRange[] = [];
  const groups = [...prose.matchAll(bracketed)];
  let lineStart = 0;
  let passed = 0;
  for (const [at, group] of groups.entries()) {
    const open = group.index;
    const newline = text.slice(passed, open).lastIndexOf('\n');
    if (newline >= 0) lineStart = passed + newline + 1;
    passed = open;
    const nextOpen = groups[at + 1]?.index ?? text.length;
    const quote = quoteBefore(text.slice(lineStart, open)) ?? quoteAfter(text, open + group[0].length, nextOpen);
    for (const match of (group[1] ?? '').matchAll(single)) {
      const raw = match[1] ?? '';
      const lead = raw.length - raw.trimStart().length;
      const start = open + 1 + match.index + lead;
      const startLine = Number(match[2]);
      found.push({
        path: raw.trim().replace(/^\.\//, ''),
        startLine,
        endLine: match[3] === undefined ? startLine : Number(match[3]),
        start,
        end: open + 1 + match.index + match[0].length,
        quote,
      });
    }
  }
  return found;
}

/** The same length, with lines where Markdown has them: a `\r` alone ends one, the separators of Unicode do not. */
const withPlainLines = (text: string): string =>
  text.replace(/\r\n?|[\u2028\u2029]/g, (end) => (end === '\r\n' ? ' \n' : end === '\r' ? '\n' : ' '));

// Indented as deep as it likes: in a list item that is a fenced block too, and elsewhere indented code.
const fencedBlock = /^[ \t]*((`|~)\2{2,})(?!\2)[^\n]*\n[\s\S]*?(?:^[ \t]*\1\2*[ \t]*$|(?![\s\S]))/gm;
const codeSpan = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/** The same length, with code blanked out, so that offsets stay true. */
function maskCode(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  return text
    .replace(fencedBlock, blank)
    .replace(codeSpan, (span, _ticks, inner: string) => (isCitation(inner.trim()) ? span : blank(span)));
}

function isCitation(span: string): boolean {
  if (!span.startsWith('[') || span.indexOf(']') !== span.length - 1) return false;
  return /[^[\]]:L?\d/.test(span.slice(1).split('[', 1)[0] ?? '');
}

/** Between a quote and the brackets that say where it stands. */
const between = /^[\s(—–:,-]{0,4}`?$/;

/**
 * Code or words quoted right before the citation on its line; a bare name or a few words are a mention, not a quote.
 * @param line up to the citation's brackets
 */
function quoteBefore(line: string): string | undefined {
  let quoted: { readonly from: number; readonly to: number } | undefined;
  for (let to = line.length - 1; to > 0 && between.test(line.slice(to + 1)); to--) {
    const from = openingOf(line, to);
    if (from !== undefined && from < to && (quoted === undefined || from < quoted.from)) quoted = { from, to };
  }
  const quote = quoted && line.slice(quoted.from, quoted.to);
  if (quote === undefined || !/\s/.test(quote.trim())) return undefined;
  return quote.length >= 16 || /[;{}=]/.test(quote) ? quote : undefined;
}

/** Where the text begins that the mark at `to` closes. */
function openingOf(line: string, to: number): number | undefined {
  const mark = line[to];
  if (mark === undefined || !'`"”'.includes(mark)) return undefined;
  const before = line.lastIndexOf(mark, to - 1) + 1;
  if (mark !== '”') return before === 0 ? undefined : before;
  const open = line.slice(before, to).indexOf('“');
  return open < 0 ? undefined : before + open + 1;
}

const restOfLine = /`?[).:,;]*[ \t]*\n(?:[ \t]*\n)?/y;
const fenceHere = /[ \t]*((`|~)\2{2,})(?!\2)[^\n]*(?:\n([\s\S]*?)(?:^[ \t]*\1\2*[ \t]*$|(?![\s\S]))|(?![\s\S]))/my;
const blockQuoteHere = /(?:[ \t]*>[^\n]*(?:\n|$))+/my;

/**
 * A fenced block or block quote that starts on the line after the citation's. A fence that never closes reaches to the end. Of a
 * block quote that the citation itself stands in, what follows down to the line of the `nextCitation`.
 */
function quoteAfter(text: string, at: number, nextCitation: number): string | undefined {
  const rest = matchAt(restOfLine, text, at);
  if (rest === undefined) return undefined;
  const next = at + rest[0].length;
  const isInside = /^[ \t]*>/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1, at));
  const end = isInside ? text.lastIndexOf('\n', nextCitation) + 1 : text.length;
  const blockQuote = matchAt(blockQuoteHere, text.slice(0, end), next)?.[0];
  const quote = matchAt(fenceHere, text, next)?.[3] ?? blockQuote?.replace(/^[ \t]*> ?/gm, '');
  return quote?.trim() ? quote : undefined;
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}
