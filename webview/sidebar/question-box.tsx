import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment, ConversationState } from '../../src/protocol/messages.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import type { View } from '../shared/use-view.ts';
import { Choices } from './choices.tsx';

interface QuestionBoxProps {
  readonly view: View;
  readonly conversation: ConversationState;
}

export function QuestionBox({ view, conversation }: QuestionBoxProps) {
  const { text, attachments, box, write, setAttachments, ask } = useDraft(view);
  const closed = conversation.readiness.kind === 'no-folder';
  const onKeyDown = (event: KeyboardEvent) => {
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
            onRemove={() => setAttachments(attachments.filter((one) => one !== attachment))}
          />
        ))}
        <div class="writing">
          <textarea
            ref={box}
            rows={2}
            dir="auto"
            aria-label="Ask about this codebase"
            placeholder={closed ? 'Open a folder to ask about its code' : 'Ask about this codebase…'}
            disabled={closed}
            value={text}
            onInput={(event) => write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          <IconButton icon="send" label="Ask (Enter)" disabled={closed || text.trim() === ''} onClick={ask} />
        </div>
      </div>
      <Choices send={view.send} conversation={conversation} />
    </form>
  );
}

/** The question that is being written, kept while the view is hidden. */
function useDraft({ host, state, send }: View) {
  const [text, setText] = useState(typeof host.saved.draft === 'string' ? host.saved.draft : '');
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const box = useRef<HTMLTextAreaElement>(null);
  const write = (draft: string) => {
    setText(draft);
    host.save({ draft });
  };
  useEffect(() => {
    if (state.compose === null) return;
    if (state.compose.text !== '') write(state.compose.text);
    setAttachments(state.compose.attachments);
    box.current?.focus();
  }, [state.compose]);
  const ask = () => {
    const question = text.trim();
    if (question === '' || state.conversation?.readiness.kind === 'no-folder') return;
    send('ask', { question, attachments })
      .then(() => {
        write('');
        setAttachments([]);
      })
      .catch(() => undefined);
  };
  return { text, attachments, box, write, setAttachments, ask };
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
