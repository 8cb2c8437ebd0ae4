import { useLayoutEffect } from 'preact/hooks';
import { Icon } from '../shared/icon.tsx';
import type { Completion } from './use-completion.ts';

const icons = { file: 'file-code', folder: 'folder', symbol: 'symbol-method' } as const;

export const mentionListId = 'mentions';
export const mentionId = (index: number): string => `mention-${index}`;

/** What can be named at the cursor. The question box keeps the focus and says which one is chosen. */
export function MentionList({ items, chosen, take }: Completion) {
  useLayoutEffect(() => document.getElementById(mentionId(chosen))?.scrollIntoView({ block: 'nearest' }), [chosen]);
  if (items.length === 0) return null;
  return (
    <div class="mentions" id={mentionListId} role="listbox" aria-label="Files, folders and symbols">
      {items.map(({ kind, name, detail }, index) => (
        <div
          key={`${kind}:${name}`}
          id={mentionId(index)}
          class={index === chosen ? 'mention chosen' : 'mention'}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          title={detail === '' ? name : `${name} — ${detail}`}
          onMouseDown={(event) => {
            event.preventDefault();
            take(index);
          }}
        >
          <Icon name={icons[kind]} />
          <bdi class="ellipsis">{name}</bdi>
          {detail !== '' && <span class="muted ellipsis">{detail}</span>}
        </div>
      ))}
    </div>
  );
}
