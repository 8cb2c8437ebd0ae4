import type { Attachment, ConversationState } from '../../src/protocol/messages.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import type { View } from '../shared/use-view.ts';
import { Choices } from './choices.tsx';
import { MentionList, mentionId, mentionListId } from './mention-list.tsx';
import { useCompletion } from './use-completion.ts';
import { useDraft } from './use-draft.ts';

interface QuestionBoxProps {
  readonly view: View;
  readonly conversation: ConversationState;
}

export function QuestionBox({ view, conversation }: QuestionBoxProps) {
  const { text, attachments, box, write, attach, ask } = useDraft(view);
  const closed = conversation.readiness.kind === 'no-folder';
  const completion = useCompletion(view.send, box, write);
  const open = completion.items.length > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (completion.key(event)) return;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form class="composer" aria-label="Question" onSubmit={(event) => event.preventDefault()}>
      <div class={closed ? 'box closed' : 'box'}>
        {attachments.map((attachment) => (
          <Chip
            key={`${attachment.path}:${attachment.startLine}`}
            attachment={attachment}
            onRemove={() => attach(attachments.filter((one) => one !== attachment))}
          />
        ))}
        <MentionList {...completion} />
        <div class="writing">
          <textarea
            ref={box}
            rows={2}
            dir="auto"
            aria-label="Ask about this codebase"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-controls={open ? mentionListId : undefined}
            aria-activedescendant={open ? mentionId(completion.chosen) : undefined}
            placeholder={
              closed
                ? 'Open a folder to ask about its code'
                : 'Ask about this codebase… (# limits it to a file or folder)'
            }
            disabled={closed}
            value={text}
            onInput={({ currentTarget }) => {
              write(currentTarget.value);
              completion.look(currentTarget.value, currentTarget.selectionStart);
            }}
            onBlur={completion.close}
            onKeyDown={onKeyDown}
          />
          <IconButton icon="send" label="Ask (Enter)" disabled={closed || text.trim() === ''} onClick={ask} />
        </div>
      </div>
      <Choices send={view.send} conversation={conversation} />
    </form>
  );
}

const Chip = ({ attachment, onRemove }: { readonly attachment: Attachment; readonly onRemove: () => void }) => {
  const label = `${attachment.path}:${attachment.startLine}-${attachment.endLine}`;
  return (
    <span class="chip" title={label}>
      <Icon name="file-code" />
      <bdi class="ellipsis">{label}</bdi>
      <IconButton icon="close" label={`Remove ${label}`} onClick={onRemove} />
    </span>
  );
};
