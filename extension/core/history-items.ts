import type { StoredConversation } from './conversation-index.ts';
import { oneLine } from './failure-help.ts';

/** A conversation as a list shows it. */
export interface HistoryItem {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** All its questions, so that the list can be searched by them. */
  readonly detail: string;
}

/** Conversations that have a question, the one used last first. `when` writes a time for people. */
export function historyItems(
  conversations: readonly StoredConversation[],
  current: string,
  when: (time: number) => string,
): readonly HistoryItem[] {
  const lastLog = ({ entries }: StoredConversation) => entries.at(-1)?.log ?? '';
  return conversations
    .filter(({ entries }) => entries.length > 0)
    .toSorted((a, b) => (lastLog(a) < lastLog(b) ? 1 : -1))
    .map(({ id, startedAt, name, entries }) => {
      const questions = entries.map(({ question }) => question);
      const count = entries.length > 1 ? ` · ${entries.length} questions` : '';
      return {
        id,
        label: oneLine(name ?? questions[0] ?? '', 80),
        description: `${when(startedAt)}${count}${id === current ? ' · open' : ''}`,
        detail: oneLine((name === undefined ? questions.slice(1) : questions).join(' · '), 300),
      };
    });
}
