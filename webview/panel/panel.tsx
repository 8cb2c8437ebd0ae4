import { askForHelp } from '../shared/help.ts';
import { shownCitations } from '../shared/shown-citations.ts';
import { ignore, useNow, useView, type View } from '../shared/use-view.ts';
import { AgentDetail } from './agent-detail.tsx';
import { AgentTree } from './agent-tree.tsx';
import { Compare } from './compare.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { RunAnswer } from './run-answer.tsx';
import { type RunActions, RunHeader } from './run-header.tsx';
import { Snippets } from './snippets.tsx';
import { Tabs, useNarrow } from './tabs.tsx';
import { type PanelChoices, usePanel } from './use-panel.ts';
import { useReplayOf } from './use-replay-of.ts';

interface PanelProps {
  /** In a page of its own, where the answer comes first. */
  readonly page?: boolean;
}

/** One run: its agents, the chosen one, the answer and the snippets it cites. */
export function Panel({ page = false }: PanelProps) {
  const view = useView();
  const choices = usePanel(view.host, view.state);
  const { compare } = view.state;
  if (compare !== null) return <Compare view={view} runIds={compare} />;
  const known = choices.runId !== undefined && view.state.runs[choices.runId] !== undefined;
  if (known) return <ShownRun view={view} choices={choices} page={page} />;
  return (
    <main class="empty muted">
      <h1 class="hidden">Run</h1>
      <p>{whyNone(view, choices.runId)}</p>
    </main>
  );
}

function whyNone({ state: { conversation, gone } }: View, runId: string | undefined): string {
  if (gone) return 'This run is no longer kept.';
  if (runId !== undefined || conversation === null) return 'Fetching the run…';
  return 'No run to show yet. Ask a question in the Ask Codebase view.';
}

interface ShownRunProps extends Required<PanelProps> {
  readonly view: View;
  readonly choices: PanelChoices;
}

function ShownRun({ view, choices, page }: ShownRunProps) {
  const { state, send } = view;
  const { chosen, toggled, tab } = choices;
  const runId = choices.runId ?? '';
  const live = state.runs[runId];
  const { replay, begin, leave } = useReplayOf(view, runId);
  const run = replay?.run ?? live;
  const narrow = useNarrow();
  const ticking = useNow(replay === undefined && live !== undefined && live.outcome === undefined, live?.at);
  if (run === undefined) return null;
  const now = replay === undefined ? ticking : run.at;
  const retries = state.retries[runId] ?? {};
  const shown = shownCitations(run, state.badges[runId]);
  const agentId = chosen ?? run.rootId ?? '';
  const open = (index: number) => {
    // A page has no editor: a citation opens its snippet.
    if (page && narrow) choices.setTab('snippets');
    ignore(send('openCitation', { runId, index }));
  };
  const choose = (id: string) => {
    choices.choose(id);
    if (!narrow) return;
    choices.setTab('agent');
    // The tree with the focus goes; the tab that comes takes it.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.tabs [aria-current]')?.focus());
  };
  const parts = {
    agents: (
      <AgentTree
        {...{ run, now, toggled, chosen: agentId, onToggle: choices.toggle, onChoose: choose }}
        onStop={(id) => replay === undefined && ignore(send('stop', { runId, agentId: id }))}
        onCopy={(text) => ignore(send('copy', { text }))}
      />
    ),
    agent: <AgentDetail key={agentId} {...{ run, now, retries, agentId, shown, onChoose: choose, onOpen: open }} />,
    answer: <RunAnswer run={run} shown={shown} onOpen={open} />,
    snippets: (
      <Snippets {...{ run, shown, onOpen: open }} onReanchor={(index) => ignore(send('reanchor', { runId, index }))} />
    ),
  };
  return (
    <main class={`panel${narrow ? ' narrow' : ''}${page ? ' page' : ''}${replay ? ' replaying' : ''}`}>
      <RunHeader
        {...{ run, now, retries, trouble: view.trouble }}
        onStop={replay === undefined ? () => ignore(send('stop', { runId })) : undefined}
        onHelp={(help) => askForHelp(view.send, runId, help)}
        actions={replay === undefined ? actionsOf(view, runId, begin, page) : undefined}
      >
        {replay !== undefined && <ReplayBar replay={replay} onClose={leave} />}
      </RunHeader>
      {narrow && <Tabs chosen={tab} onChoose={choices.setTab} />}
      {narrow
        ? parts[tab]
        : [page && parts.answer, page && parts.snippets, parts.agents, parts.agent, !page && parts.snippets]}
    </main>
  );
}

/** A page of its own has nobody to ask again, and is an export already. */
function actionsOf({ send }: View, runId: string, replay: () => void, page: boolean): RunActions {
  if (page) return { replay };
  return {
    replay,
    rerun: () => ignore(send('rerun', { runId })),
    export: () => ignore(send('exportRun', { runId })),
  };
}
