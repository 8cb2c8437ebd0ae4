import type { ConversationState } from '../../src/protocol/messages.ts';
import type { Host } from '../shared/host.ts';
import { useOneAtATime } from '../shared/use-one-at-a-time.ts';
import { ignore } from '../shared/use-view.ts';

interface WelcomeProps {
  readonly conversation: ConversationState;
  readonly send: Host['send'];
}

/** What there is to know before the first question. */
export const Welcome = ({ conversation: { models, readiness, starters }, send }: WelcomeProps) => (
  <section class="welcome" aria-label="About">
    {readiness.kind === 'no-folder' ? (
      <>
        <p>Open a folder to ask about its code.</p>
        <button type="button" class="primary" onClick={() => ignore(send('openFolder', {}))}>
          Open Folder
        </button>
      </>
    ) : (
      <p>
        Ask how this codebase works. Agents read all of it, and the answer cites the lines that show it. Every citation
        is checked against your files.
      </p>
    )}
    {starters.length > 0 && <Starters starters={starters} send={send} />}
    {models.root === 'offline' && (
      <p class="muted">
        Offline search, no language model ·{' '}
        <button type="button" class="link" onClick={() => ignore(send('chooseModel', {}))}>
          choose a model
        </button>{' '}
        for written answers.
      </p>
    )}
    {readiness.kind === 'untrusted' && (
      <p class="muted">This workspace is not trusted: its own model and endpoint settings are ignored.</p>
    )}
  </section>
);

interface StartersProps {
  readonly starters: readonly string[];
  readonly send: Host['send'];
}

function Starters({ starters, send }: StartersProps) {
  const once = useOneAtATime();
  return (
    <ul class="plain starters" aria-label="Questions to begin with">
      {starters.map((question) => (
        <li key={question}>
          <button type="button" class="link" onClick={() => once(() => send('ask', { question, attachments: [] }))}>
            {question}
          </button>
        </li>
      ))}
    </ul>
  );
}
