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

// The path may hold one level of brackets, as in Next.js's `app/[id]/page.tsx`.
const oneCitation = String.raw`((?:[^\[\]\n:;,]|:(?!L?\d)|\[[^\[\]\n]*\])+):L?(\d{1,9})(?:\s?[-–—]\s?L?(\d{1,9}))?`;
const bracketed = new RegExp(String.raw`\[(${oneCitation}(?:\s*[;,]\s*${oneCitation})*)\]`, 'g');
const single = new RegExp(oneCitation, 'g');

/**
 * Finds `[path:12-30]` and `[path:12]`, also several in one pair of brackets (`;` or `,` between them).
 * Text in fenced blocks and code spans is not searched, except a span that holds nothing but a citation:
 * `x[a:1]` in quoted code is an index, not a citation.
 */
export function parseCitations(answer: string): readonly CitedRange[] {
  const prose = maskCode(answer);
  const found: CitedRange[] = [];
  for (const group of prose.matchAll(bracketed)) {
    const open = group.index;
    const quote = quoteBefore(answer, open) ?? quoteAfter(answer, open + group[0].length);
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

const fencedBlock = /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm;
const codeSpan = /(?<!`)(`+)(?!`)([^\n]*?[^`\n])\1(?!`)/g;

/** The same length, with code blanked out, so that offsets stay true. */
function maskCode(text: string): string {
  const blank = (code: string) => code.replace(/[^\n]/g, ' ');
  return text
    .replace(fencedBlock, blank)
    .replace(codeSpan, (span, _ticks, inner: string) =>
      /^\s*\[[^[\]]+:L?\d[^\]]*\]\s*$/.test(inner) ? span : blank(span),
    );
}

const spanBefore = /(?:`([^`\n]+)`|"([^"\n]+)"|“([^”\n]+)”)[\s(—–:,-]{0,4}`?$/;

/** Code or words quoted right before the citation on its line; a bare name or a few words are a mention, not a quote. */
function quoteBefore(text: string, at: number): string | undefined {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const match = spanBefore.exec(line);
  const quote = match?.[1] ?? match?.[2] ?? match?.[3];
  if (quote === undefined || !/\s/.test(quote.trim())) return undefined;
  return quote.length >= 16 || /[;{}=]/.test(quote) ? quote : undefined;
}

const blockAfter =
  /^`?[).:,;]*[ \t]*\n(?:[ \t]*\n)?(?: {0,3}(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^ {0,3}\1[ \t]*$|((?: {0,3}>[^\n]*(?:\n|$))+))/m;

/** A fenced block or block quote that starts on the line after the citation's. */
function quoteAfter(text: string, at: number): string | undefined {
  const match = blockAfter.exec(text.slice(at, at + 20_000));
  if (match?.index !== 0) return undefined;
  const quote = match[2] ?? match[3]?.replace(/^ {0,3}> ?/gm, '');
  return quote?.trim() ? quote : undefined;
}
