import { useEffect, useState } from 'preact/hooks';
import { figuresOf, stateOf } from '../shared/status.ts';
import { ignore, useNow, useView } from '../shared/use-view.ts';
import { AgentDetail } from './agent-detail.tsx';
import { AgentTree } from './agent-tree.tsx';
import { RunAnswer } from './run-answer.tsx';
import { Snippets } from './snippets.tsx';
import { type Tab, Tabs, useNarrow } from './tabs.tsx';

/** One run: its agents, the chosen one, the answer and the snippets it cites. */
export function Panel() {
  const { host, state, trouble, send } = useView();
  const shownId = state.show?.runId ?? (typeof host.saved.runId === 'string' ? host.saved.runId : undefined);
  const runId = shownId ?? state.conversation?.entries.at(-1)?.runId;
  const run = runId === undefined ? undefined : state.runs[runId];
  const [chosen, setChosen] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>('agents');
  const narrow = useNarrow();
  const now = useNow(run);
  useEffect(() => {
    if (state.show === null) return;
    host.save({ runId: state.show.runId });
    setChosen(state.show.agentId);
  }, [state.show]);
  if (run === undefined || runId === undefined)
    return <main class="empty muted">No run to show yet. Ask a question in the Ask Codebase view.</main>;
  const agentId = chosen ?? run.rootId ?? '';
  const shows = (one: Tab) => !narrow || tab === one;
  return (
    <main class={narrow ? 'panel narrow' : 'panel'}>
      <header>
        <h1 dir="auto" class="ellipsis" title={run.question}>
          {run.question}
        </h1>
        <p class="muted" role="status">{`${stateOf(run)} · ${figuresOf(run, now)}`}</p>
        {run.end !== undefined && run.end.reason !== '' && <p class="trouble">{run.end.reason}</p>}
        {trouble !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
      </header>
      {narrow && <Tabs chosen={tab} onChoose={setTab} />}
      {shows('agents') && (
        <AgentTree
          run={run}
          now={now}
          chosen={agentId}
          onChoose={setChosen}
          onStop={(id) => ignore(send('stop', { runId, agentId: id }))}
          onCopy={(text) => ignore(send('copy', { text }))}
        />
      )}
      {shows('agent') && <AgentDetail run={run} agentId={agentId} now={now} onChoose={setChosen} />}
      {narrow && tab === 'answer' && (
        <RunAnswer
          run={run}
          badges={state.badges[runId] ?? []}
          onOpen={(index) => ignore(send('openCitation', { runId, index }))}
        />
      )}
      {shows('snippets') && (
        <Snippets
          run={run}
          badges={state.badges[runId] ?? []}
          onOpen={(index) => ignore(send('openCitation', { runId, index }))}
          onReanchor={(index) => ignore(send('reanchor', { runId, index }))}
        />
      )}
    </main>
  );
}
