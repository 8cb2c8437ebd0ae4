import { formatRange } from '../../src/citations/verify.ts';
import type { BadgeStatus } from '../../src/protocol/messages.ts';
import type { ShownCitation } from './shown-citations.ts';

const badgeSigns: Readonly<Record<BadgeStatus, string>> = { verified: '✓', moved: '↷', unverified: '!', stale: '⟳' };

const explanations: Readonly<Record<BadgeStatus, string>> = {
  verified: 'The host found these lines in the files as they were read.',
  moved: 'The quoted text stands here; the answer named other lines.',
  unverified: 'Could not be verified.',
  stale: 'The file has changed since the answer.',
};

/** Why a citation has its badge. */
export function reasonOf({ status, citation: { problem } }: ShownCitation): string {
  if (problem === '' || status === 'stale') return explanations[status];
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;
}

interface CitationButtonProps {
  readonly shown: ShownCitation;
  readonly onOpen: (index: number) => void;
  /** In a list there is room for the folder and the badge's word. */
  readonly whole?: boolean;
}

/**
 * A citation as a link-like button. Within text, the file's name and lines are seen; its folder is there for screen readers
 * and when the text is copied; the title has all of it, and why the badge is what it is.
 */
export function CitationButton({ shown, onOpen, whole = false }: CitationButtonProps) {
  const { citation, status, index } = shown;
  const range = formatRange(citation);
  const name = range.slice(range.lastIndexOf('/') + 1);
  const seen = shortened(name);
  const folder = range.slice(0, range.length - name.length);
  return (
    <button
      type="button"
      class={whole ? `citation whole ${status}` : `citation ${status}`}
      title={`${range} · ${status}\n${reasonOf(shown)}`}
      aria-label={seen === name ? `${range} ${status}` : undefined}
      onClick={() => onOpen(index)}
    >
      {folder !== '' && <bdi class={whole ? 'folder' : 'hidden'}>{folder}</bdi>}
      {seen !== name && <span class="hidden">{`${name} ${status}`}</span>}
      <bdi aria-hidden={seen !== name}>{seen}</bdi>
      <span class="sign" aria-hidden="true">{`\u00a0${badgeSigns[status]}${whole ? ` ${status}` : ''}`}</span>
    </button>
  );
}

/** The end of a name, which has its extension and the lines, is kept. */
function shortened(name: string): string {
  const characters = [...name];
  return characters.length <= 60 ? name : `${characters.slice(0, 28).join('')}…${characters.slice(-28).join('')}`;
}
