import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../shared/icon.tsx';
import { stateOf } from '../shared/status.ts';
import { ignore, useView, type View } from '../shared/use-view.ts';
import { Entry } from './entry.tsx';
import { QuestionBox } from './question-box.tsx';
import { Welcome } from './welcome.tsx';

export function Sidebar() {
  const view = useView();
  const { conversation, runs, retries, badges } = view.state;
  const list = useConversationScroll(view);
  const last = conversation?.entries.at(-1);
  return (
    <>
      <main ref={list} aria-label="Conversation">
        <h1 class="hidden">Ask Codebase</h1>
        {conversation?.entries.length === 0 && <Welcome conversation={conversation} send={view.send} />}
        {conversation?.entries.map((entry) => (
          <Entry
            key={entry.runId}
            entry={entry}
            run={runs[entry.runId]}
            retries={retries[entry.runId] ?? {}}
            badges={badges[entry.runId] ?? []}
            send={view.send}
          />
        ))}
      </main>
      <p class="hidden" role="status">
        {last === undefined ? '' : `Question: ${stateOf(runs[last.runId])}`}
      </p>
      <Trouble view={view} />
      {conversation !== null && <QuestionBox view={view} conversation={conversation} />}
    </>
  );
}

/** Why the last request was refused. */
function Trouble({ view: { trouble, send, dismiss } }: { readonly view: View }) {
  if (trouble === '') return null;
  return (
    <div class="refusal" role="alert">
      <p class="grow" dir="auto">
        {`${trouble} `}
        <button type="button" class="link" onClick={() => ignore(send('showOutput', {}))}>
          Show output
        </button>
      </p>
      <IconButton icon="close" label="Dismiss" onClick={dismiss} />
    </div>
  );
}

/** A new question comes into sight; a view that is shown again is where it was. */
function useConversationScroll({ host, state }: View) {
  const list = useRef<HTMLElement>(null);
  const entries = state.conversation?.entries ?? [];
  const count = entries.length;
  // A run comes in batches: its answer, and so its height, with the last.
  const drawn = entries.every(({ runId, folded, running }) => {
    const run = state.runs[runId];
    return folded || (running ? run : run?.end) !== undefined;
  });
  const restored = useRef(false);
  const before = useRef(count);
  useEffect(() => {
    const element = list.current;
    if (element === null || count === 0) return;
    if (!restored.current) {
      if (!drawn) return;
      restored.current = true;
      const { scroll } = host.saved;
      if (typeof scroll === 'number') element.scrollTop = scroll;
      else element.lastElementChild?.scrollIntoView({ block: 'start' });
    } else if (count > before.current) element.lastElementChild?.scrollIntoView({ block: 'start' });
    before.current = count;
  }, [count, drawn]);
  useEffect(() => {
    const save = () => restored.current && host.save({ scroll: list.current?.scrollTop ?? 0 });
    list.current?.addEventListener('scrollend', save);
    return () => list.current?.removeEventListener('scrollend', save);
  }, []);
  return list;
}
