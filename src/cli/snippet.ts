import type { Citation, CitationStatus } from '../citations/citation.ts';
import { formatRange } from '../citations/verify.ts';
import { plural } from '../runs/format.ts';
import { type Paint, type Style, span } from './paint.ts';
import { sanitize, sanitizeLine } from './sanitize.ts';
import { clip } from './text-width.ts';

/** Lines of a cited range that are shown; longer ranges show their beginning. */
const shownLines = 8;

interface Badge {
  readonly sign: string;
  readonly style: Style;
}

/** A sign and a word for every status: colour only repeats what they say. */
export const badges: Readonly<Record<CitationStatus, Badge>> = {
  verified: { sign: '✓', style: 'good' },
  moved: { sign: '↷', style: 'warn' },
  unverified: { sign: '!', style: 'bad' },
};

/** A citation with the lines it names, as terminal lines. */
export function snippetLines(citation: Citation, columns: number, paint: Paint): readonly string[] {
  const { sign, style } = badges[citation.status];
  const badge = `${sign} ${citation.status}`.padEnd(12);
  const head = `${paint(span(badge, style))} ${paint(span(sanitizeLine(formatRange(citation)), 'bold'))}`;
  const problem = citation.problem === '' ? '' : ` (${sanitizeLine(citation.problem)})`;
  return [head + problem, ...quoteLines(citation, columns, paint)];
}

function quoteLines({ quote, startLine }: Citation, columns: number, paint: Paint): readonly string[] {
  if (quote === '') return [];
  const lines = quote.split('\n');
  const shown = lines.length <= shownLines + 1 ? lines : lines.slice(0, shownLines);
  const digits = String(startLine + shown.length - 1).length;
  const numbered = shown.map((line, index) => {
    const gutter = `  ${String(startLine + index).padStart(digits)} │ `;
    const text = sanitize(line).replaceAll('\n', ' ').trimEnd();
    return (paint(span(gutter, 'dim')) + clip(text, columns - gutter.length)).trimEnd();
  });
  if (shown.length === lines.length) return numbered;
  const more = `  ${' '.repeat(digits)} │ … ${plural(lines.length - shown.length, 'more line')}`;
  return [...numbered, paint(span(more, 'dim'))];
}
