import type { Citation } from '../../src/citations/citation.ts';
import { formatRange } from '../../src/citations/verify.ts';
import type { BadgeStatus, CitationBadge } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';

const badgeSigns: Readonly<Record<BadgeStatus, string>> = {
  verified: '✓',
  moved: '↷',
  unverified: '!',
  stale: '⟳',
};

const explanations: Readonly<Record<BadgeStatus, string>> = {
  verified: 'The host found these lines in the files as they were read.',
  moved: 'The quoted text stands here; the answer named other lines.',
  unverified: 'Could not be verified.',
  stale: 'The file has changed since the answer.',
};

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

interface CitationButtonProps {
  readonly shown: ShownCitation;
  readonly onOpen: (index: number) => void;
}

/**
 * A citation as a link-like button. The file's name and lines are seen; its folder is there for screen readers and when the
 * text is copied; the title has all of it, and why the badge is what it is.
 */
export function CitationButton({ shown, onOpen }: CitationButtonProps) {
  const { citation, status } = shown;
  const range = formatRange(citation);
  const name = range.slice(range.lastIndexOf('/') + 1);
  const why = [explanations[status], citation.problem].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      class={`citation ${status}`}
      title={`${range} ${status}\n${why}`}
      aria-label={`${range} ${status}`}
      onClick={() => onOpen(shown.index)}
    >
      <span class="hidden">{range.slice(0, range.length - name.length)}</span>
      <bdi>{name}</bdi>
      <span class="sign" aria-hidden="true">{`\u00a0${badgeSigns[status]}`}</span>
    </button>
  );
}
