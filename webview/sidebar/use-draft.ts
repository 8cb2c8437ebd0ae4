import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../../src/protocol/messages.ts';
import { useOneAtATime } from '../shared/use-one-at-a-time.ts';
import type { View } from '../shared/use-view.ts';

/** The question that is being written, kept with its attachments while the view is hidden. */
export function useDraft({ host, state, send }: View) {
  const [text, setText] = useState(typeof host.saved.draft === 'string' ? host.saved.draft : '');
  const [attachments, setAttachments] = useState(attachmentsOf(host.saved.attachments));
  const box = useRef<HTMLTextAreaElement>(null);
  const once = useOneAtATime();
  const write = (draft: string) => {
    setText(draft);
    host.save({ draft });
  };
  const attach = (wanted: readonly Attachment[]) => {
    setAttachments(wanted);
    host.save({ attachments: wanted });
  };
  useEffect(() => {
    if (state.compose === null) return;
    if (state.compose.text !== '') write(state.compose.text);
    attach(state.compose.attachments);
    box.current?.focus();
  }, [state.compose]);
  // What is written while the host prepares the run is the next question.
  const asked = () => {
    if (host.saved.draft === text) write('');
    attach(attachmentsOf(host.saved.attachments).filter((one) => !attachments.includes(one)));
  };
  const ask = () => {
    const question = text.trim();
    if (question === '' || state.conversation?.readiness.kind === 'no-folder') return;
    once(() => send('ask', { question, attachments }).then(asked));
  };
  return { text, attachments, box, write, attach, ask };
}

/** What an earlier page saved may be of another version. */
const attachmentsOf = (saved: unknown): readonly Attachment[] =>
  Array.isArray(saved) ? saved.filter(isAttachment) : [];

function isAttachment(saved: unknown): saved is Attachment {
  const { path, startLine, endLine, text } = (saved ?? {}) as Partial<Record<keyof Attachment, unknown>>;
  return [typeof path, typeof startLine, typeof endLine, typeof text].join() === 'string,number,number,string';
}
