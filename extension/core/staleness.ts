import type { Citation } from '../../src/citations/citation.ts';
import { findQuote, type LineRange } from '../../src/citations/quote.ts';
import type { CitationBadge } from '../../src/protocol/messages.ts';

/**
 * A citation of a finished answer against its file as it is now; white space aside, as when it was verified.
 * @param lines the file's lines; `undefined` when it is gone.
 * @param accepted where the person agreed that the cited text has moved to.
 */
export function badgeOf(
  index: number,
  citation: Citation,
  lines: readonly string[] | undefined,
  accepted: LineRange | undefined,
): CitationBadge {
  if (citation.status === 'unverified') return { index, status: 'unverified', now: null };
  const place = accepted ?? citation;
  if (accepted !== undefined && lines !== undefined && isWithin(lines, citation.quote, accepted))
    return { index, status: 'moved', now: rangeOf(accepted) };
  if (accepted === undefined && lines !== undefined && standsAt(lines, citation.quote, place))
    return { index, status: citation.status, now: null };
  const now = lines === undefined ? undefined : findQuote(lines, citation.quote, place);
  return { index, status: 'stale', now: now ?? null };
}

/** The lines a click opens: where the text stands now when that is known, else where it was cited. */
export const rangeToOpen = (citation: Citation, badge: CitationBadge | undefined): LineRange =>
  rangeOf(badge?.now ?? citation);

const rangeOf = ({ startLine, endLine }: LineRange): LineRange => ({ startLine, endLine });

const standsAt = (lines: readonly string[], quote: string, { startLine, endLine }: LineRange): boolean =>
  endLine <= lines.length && fold(lines.slice(startLine - 1, endLine).join('\n')) === fold(quote);

/** What was accepted is where the quote was found, which may be in longer lines. */
const isWithin = (lines: readonly string[], quote: string, accepted: LineRange): boolean =>
  findQuote(lines.slice(accepted.startLine - 1, accepted.endLine), quote, accepted) !== undefined;

const fold = (text: string): string => text.trim().replace(/\s+/g, ' ');
