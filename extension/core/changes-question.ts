import type { ChangedPath } from '../../src/git/git-history.ts';

const shown = 40;

/** `What does this change touch? …` with what has changed since the last commit. */
export function changesQuestion(changes: readonly ChangedPath[]): string {
  const listed = changes.slice(0, shown).map(({ path, change }) => `${path} (${change})`);
  const more = changes.length > shown ? `, and ${changes.length - shown} more` : '';
  return `What does this change touch: which behaviour, callers and tests, and what could break? Changed since the last commit (changed_since("HEAD"); blame() tells the uncommitted lines): ${listed.join(', ')}${more}.`;
}
