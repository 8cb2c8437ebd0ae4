import type { ConversationState } from '../../src/protocol/messages.ts';
import type { Host } from '../shared/host.ts';
import { Icon, IconButton } from '../shared/icon.tsx';
import { ignore } from '../shared/use-view.ts';

interface ChoicesProps {
  readonly conversation: ConversationState;
  readonly send: Host['send'];
}

/** Which model answers, about which folders; each opens what it names. */
export function Choices({ conversation: { models, estimate, folders, entries }, send }: ChoicesProps) {
  const both = models.root === models.sub ? models.root : `${models.root} / ${models.sub}`;
  const place = models.local ? 'No text leaves this machine.' : 'What agents read is sent to its provider.';
  const scope = folders.length === 1 ? folders[0] : `${folders.length} folders`;
  return (
    <>
      {estimate !== '' && <p class="muted estimate">{estimate}</p>}
      <div class="choices">
        <button
          type="button"
          class="quiet"
          title={`Model: ${models.sentence}. ${place} ${estimate === '' ? '' : `${estimate}. `}Choose another…`}
          onClick={() => ignore(send('chooseModel', {}))}
        >
          <Icon name={models.local ? 'device-desktop' : 'cloud'} />
          <span class="ellipsis">{named(models.root, both)}</span>
        </button>
        {folders.length > 0 && (
          <button
            type="button"
            class="quiet"
            title={`Show what would be loaded of ${folders.join(', ')}`}
            onClick={() => ignore(send('showLeftOut', {}))}
          >
            <Icon name="folder" />
            <span class="ellipsis">{scope}</span>
          </button>
        )}
        <span class="grow" />
        {entries.length > 0 && (
          <IconButton icon="add" label="New chat" onClick={() => ignore(send('newConversation', {}))} />
        )}
      </div>
    </>
  );
}

function named(root: string, both: string): string {
  if (root === 'offline') return 'Offline search';
  return root === 'auto' ? 'Looking for models…' : both.replaceAll('openai:', '');
}
