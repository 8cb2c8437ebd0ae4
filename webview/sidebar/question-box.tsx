import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment, ConversationState } from '../../src/protocol/messages.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { ignore, type View } from '../shared/use-view.ts';

interface QuestionBoxProps {
  readonly view: View;
  readonly conversation: ConversationState;
}

export function QuestionBox({ view, conversation }: QuestionBoxProps) {
  const { host, state, send } = view;
  const [text, setText] = useState(typeof host.saved.draft === 'string' ? host.saved.draft : '');
  const [attachments, setAttachments] = useState<readonly Attachment[]>([]);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (state.compose === null) return;
    if (state.compose.text !== '') setText(state.compose.text);
    setAttachments(state.compose.attachments);
    box.current?.focus();
  }, [state.compose]);
  const write = (draft: string) => {
    setText(draft);
    host.save({ draft });
  };
  const ask = () => {
    const question = text.trim();
    if (question === '' || conversation.readiness.kind === 'no-folder') return;
    send('ask', { question, attachments })
      .then(() => {
        write('');
        setAttachments([]);
      })
      .catch(() => undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask();
  };
  return (
    <form class="composer" aria-label="New question" onSubmit={(event) => event.preventDefault()}>
      <Readiness view={view} conversation={conversation} />
      {attachments.map((attachment) => (
        <Chip
          key={attachment.path + attachment.startLine}
          attachment={attachment}
          onRemove={() => setAttachments(attachments.filter((one) => one !== attachment))}
        />
      ))}
      <div class="box">
        <textarea
          ref={box}
          rows={2}
          dir="auto"
          aria-label="Ask about this codebase"
          placeholder="Ask about this codebase…"
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <IconButton icon="send" label="Ask" onClick={ask} />
      </div>
      <Choices view={view} conversation={conversation} />
    </form>
  );
}

function Readiness({ view, conversation }: QuestionBoxProps) {
  if (conversation.readiness.kind === 'ready') return null;
  if (conversation.readiness.kind === 'untrusted')
    return <p class="muted">This workspace is not trusted: its own model and endpoint settings are ignored.</p>;
  return (
    <p>
      No folder is open.{' '}
      <button type="button" class="link" onClick={() => ignore(view.send('openFolder', {}))}>
        Open a folder
      </button>{' '}
      to ask about its code.
    </p>
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

function Choices({ view, conversation }: QuestionBoxProps) {
  const { models, folders } = conversation;
  const name = models.root === models.sub ? models.root : `${models.root} / ${models.sub}`;
  const place = models.local ? 'Nothing leaves this machine.' : 'What agents read is sent to this model’s provider.';
  return (
    <div class="choices">
      <button
        type="button"
        class="quiet ellipsis"
        title={`Model: ${name}. ${place}`}
        onClick={() => ignore(view.send('chooseModel', {}))}
      >
        <Icon name={models.local ? 'device-desktop' : 'cloud'} />
        <span class="ellipsis">{models.root === 'offline' ? 'Offline search, no language model' : name}</span>
      </button>
      <span class="grow" />
      <button
        type="button"
        class="quiet ellipsis"
        title={`Show what would be loaded of ${folders.join(', ')}`}
        onClick={() => ignore(view.send('showLeftOut', {}))}
      >
        <Icon name="files" />
        <span class="ellipsis">{folders.length === 1 ? folders[0] : `${folders.length} folders`}</span>
      </button>
    </div>
  );
}
