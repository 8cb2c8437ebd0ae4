import type { EarlierTurn } from './question-text.ts';

export type HistoryTurn =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'answer'; readonly text: string };

/** Questions with the answers that came after them; what was not answered is left out. */
export function earlierTurns(history: readonly HistoryTurn[]): readonly EarlierTurn[] {
  return history.flatMap((turn, at) => {
    const before = history[at - 1];
    if (turn.kind !== 'answer' || before?.kind !== 'question' || turn.text.trim() === '') return [];
    return [{ question: before.text, answer: turn.text }];
  });
}
