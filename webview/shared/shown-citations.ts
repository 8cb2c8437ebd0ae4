import type { Citation } from '../../src/citations/citation.ts';
import type { BadgeStatus, CitationBadge } from '../../src/protocol/messages.ts';
import { plural } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** One citation of a run with its badge as it is now. */
export interface ShownCitation {
  readonly index: number;
  readonly citation: Citation;
  readonly status: BadgeStatus;
  readonly now: CitationBadge['now'];
}

export function shownCitations(run: RunState, badges: readonly CitationBadge[] = []): readonly ShownCitation[] {
  return run.citations.map((citation, index) => {
    const badge = badges.find((one) => one.index === index);
    return { index, citation, status: badge?.status ?? citation.status, now: badge?.now ?? null };
  });
}

const order: readonly BadgeStatus[] = ['verified', 'moved', 'stale', 'unverified'];

/** `4 citations, 2 verified, 1 moved, 1 unverified` */
export function citationCounts(shown: readonly ShownCitation[]): string {
  if (shown.length === 0) return 'No citations';
  const counts = order
    .map((status) => [shown.filter((one) => one.status === status).length, status] as const)
    .filter(([count, status]) => count > 0 || status === 'verified')
    .map(([count, status]) => `${count} ${status}`);
  return [plural(shown.length, 'citation'), ...counts].join(', ');
}
