import { useRef, useState } from 'preact/hooks';
import { mentionAt, mentionText } from '../../src/protocol/mentions.ts';
import type { MentionItem } from '../../src/protocol/messages.ts';
import type { Host } from '../shared/host.ts';

export interface Completion {
  readonly items: readonly MentionItem[];
  readonly chosen: number;
  /** What is written may have become something else. */
  look(text: string, cursor: number): void;
  /** @returns whether the key was for the list. */
  key(event: KeyboardEvent): boolean;
  take(index: number): void;
  close(): void;
}

/** Offers what `#file:`, `#folder:` or `#symbol:` at the cursor could name; `#` alone is a file. */
export function useCompletion(
  send: Host['send'],
  box: { readonly current: HTMLTextAreaElement | null },
  write: (text: string) => void,
): Completion {
  const [items, setItems] = useState<readonly MentionItem[]>([]);
  const [chosen, setChosen] = useState(0);
  const asked = useRef(0);
  const close = () => {
    asked.current++;
    setItems([]);
  };
  const look = (text: string, cursor: number) => {
    const mention = mentionAt(text, cursor);
    if (mention === undefined) return close();
    const turn = ++asked.current;
    send('complete', { kind: mention.kind, typed: mention.name })
      .then((answer) => {
        if (turn !== asked.current) return;
        setItems(answer.items);
        setChosen(0);
      })
      .catch(() => undefined);
  };
  const take = (index: number) => {
    const [element, item] = [box.current, items[index]];
    const mention = element === null ? undefined : mentionAt(element.value, element.selectionStart);
    if (element === null || item === undefined || mention === undefined) return close();
    const before = `${element.value.slice(0, mention.start)}${mentionText(item.kind, item.name)} `;
    const text = before + element.value.slice(element.selectionStart).replace(/^"? ?/, '');
    write(text);
    // The box holds the new text before the cursor is set into it.
    element.value = text;
    element.setSelectionRange(before.length, before.length);
    element.focus();
    close();
  };
  const key = (event: KeyboardEvent): boolean => {
    if (items.length === 0 || event.isComposing) return false;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setChosen((chosen + step + items.length) % items.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
    else if (event.key === 'Escape') close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { items, chosen, look, key, take, close };
}
