import { useEffect, useRef } from 'preact/hooks';
import { stateOf } from '../shared/status.ts';
import { ignore, useView } from '../shared/use-view.ts';
import { Entry } from './entry.tsx';
import { QuestionBox } from './question-box.tsx';

export function Sidebar() {
  const view = useView();
  const { state, trouble, send } = view;
  const { conversation } = state;
  const list = useRef<HTMLElement>(null);
  const count = conversation?.entries.length ?? 0;
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'start' });
  }, [count]);
  const last = conversation?.entries.at(-1);
  const run = last === undefined ? undefined : state.runs[last.runId];
  return (
    <>
      <main ref={list} aria-label="Conversation">
        <h1 class="hidden">Ask Codebase</h1>
        {count === 0 && (
          <Welcome local={conversation?.models.local ?? true} onChoose={() => ignore(send('chooseModel', {}))} />
        )}
        {conversation?.entries.map((entry) => (
          <Entry
            key={entry.runId}
            entry={entry}
            run={state.runs[entry.runId]}
            badges={state.badges[entry.runId] ?? []}
            send={send}
          />
        ))}
      </main>
      <p class="hidden" role="status">
        {last === undefined || run === undefined ? '' : announcement(last.running, stateOf(run))}
      </p>
      {trouble !== '' && (
        <p class="trouble" role="alert">
          {trouble}{' '}
          <button type="button" class="link" onClick={() => ignore(send('showOutput', {}))}>
            Show output
          </button>
        </p>
      )}
      {conversation !== null && <QuestionBox view={view} conversation={conversation} />}
    </>
  );
}

/** Said when the state changes, not with every token or tick. */
const announcement = (running: boolean, state: string) =>
  running ? `Question: ${state.replace(/\d+ done/, '')}` : `Question ${state}`;

function Welcome({ local, onChoose }: { readonly local: boolean; readonly onChoose: () => void }) {
  return (
    <section class="welcome">
      <p>
        Ask how this codebase works. Answers cite the lines that show it, and every citation is checked against your
        files.
      </p>
      {local && (
        <p class="muted">
          Offline search, no language model.{' '}
          <button type="button" class="link" onClick={onChoose}>
            Choose a model
          </button>{' '}
          for written answers.
        </p>
      )}
    </section>
  );
}
