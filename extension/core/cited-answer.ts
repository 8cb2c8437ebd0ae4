import type { Citation } from '../../src/citations/citation.ts';
import { parseCitations } from '../../src/citations/parse.ts';
import { formatRange } from '../../src/citations/verify.ts';
import { plural } from '../../src/runs/format.ts';

export type AnswerPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'citation'; readonly citation: Citation };

/**
 * An answer as it is shown where the editor draws Markdown: its citations apart, so that they become links that the host
 * makes, and images as text, because drawing one would ask a server that a model named.
 */
export function answerParts(answer: string, citations: readonly Citation[]): readonly AnswerPart[] {
  const byRange = new Map(citations.map((citation) => [formatRange(citation), citation]));
  const parts: AnswerPart[] = [];
  let copied = 0;
  for (const cited of parseCitations(answer)) {
    const citation = byRange.get(formatRange(cited));
    if (citation === undefined) continue;
    // A link needs no brackets around it; those of several citations stay.
    const bare = answer[cited.start - 1] === '[' && answer[cited.end] === ']' ? 1 : 0;
    parts.push({ kind: 'text', text: answer.slice(copied, cited.start - bare) }, { kind: 'citation', citation });
    copied = cited.end + bare;
  }
  parts.push({ kind: 'text', text: answer.slice(copied) });
  return parts.filter((part) => part.kind === 'citation' || part.text !== '').map(withoutImages);
}

const withoutImages = (part: AnswerPart): AnswerPart =>
  part.kind === 'citation' ? part : { kind: 'text', text: part.text.replaceAll('![', '!\\[') };

const signs = { verified: '✓', moved: '✓ moved', unverified: '✗ not verified' } as const;

export const signOf = ({ status }: Citation): string => signs[status];

/** `src/a.ts:3-9 ✓` */
export const citationTitle = (citation: Citation): string => `${formatRange(citation)} ${signOf(citation)}`;

/** `3 citations: 2 verified, 1 unverified` */
export function countStatuses(citations: readonly Citation[]): string {
  const of = (status: Citation['status']) => citations.filter((citation) => citation.status === status).length;
  const counts = (['verified', 'moved', 'unverified'] as const).filter((status) => of(status) > 0);
  const said = counts.map((status) => `${of(status)} ${status}`).join(', ');
  return said === '' ? 'no citations: nothing was checked' : `${plural(citations.length, 'citation')}: ${said}`;
}
