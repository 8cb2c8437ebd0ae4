import { type Help, helpRequests } from '../shared/help.ts';
import { shownCitations } from '../shared/shown-citations.ts';
import { ignore, useNow, useView, type View } from '../shared/use-view.ts';
import { AgentDetail } from './agent-detail.tsx';
import { AgentTree } from './agent-tree.tsx';
import { RunAnswer } from './run-answer.tsx';
import { RunHeader } from './run-header.tsx';
import { Snippets } from './snippets.tsx';
import { Tabs, useNarrow } from './tabs.tsx';
import { type PanelChoices, usePanel } from './use-panel.ts';

interface PanelProps {
  /** In a page of its own, where the answer comes first. */
  readonly page?: boolean;
}

/** One run: its agents, the chosen one, the answer and the snippets it cites. */
export function Panel({ page = false }: PanelProps) {
  const view = useView();
  const choices = usePanel(view.host, view.state);
  const known = choices.runId !== undefined && view.state.runs[choices.runId] !== undefined;
  if (known) return <ShownRun view={view} choices={choices} page={page} />;
  const waiting = view.state.conversation === null || choices.runId !== undefined;
  return (
    <main class="empty muted">
      <h1 class="hidden">Run</h1>
      <p>{waiting ? 'Fetching the run…' : 'No run to show yet. Ask a question in the Ask Codebase view.'}</p>
    </main>
  );
}

interface ShownRunProps extends Required<PanelProps> {
  readonly view: View;
  readonly choices: PanelChoices;
}

function ShownRun({ view, choices, page }: ShownRunProps) {
  const { state, send } = view;
  const { chosen, toggled, tab } = choices;
  const runId = choices.runId ?? '';
  const run = state.runs[runId];
  const narrow = useNarrow();
  const now = useNow(run !== undefined && run.outcome === undefined, run?.at);
  if (run === undefined) return null;
  const retries = state.retries[runId] ?? {};
  const shown = shownCitations(run, state.badges[runId]);
  const agentId = chosen ?? run.rootId ?? '';
  const open = (index: number) => ignore(send('openCitation', { runId, index }));
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
        onStop={(id) => ignore(send('stop', { runId, agentId: id }))}
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
    <main class={`panel${narrow ? ' narrow' : ''}${page ? ' page' : ''}`}>
      <RunHeader
        {...{ run, now, retries, trouble: view.trouble }}
        onStop={() => ignore(send('stop', { runId }))}
        onHelp={(help) => helpWith(view, runId, help)}
      />
      {narrow && <Tabs chosen={tab} onChoose={choices.setTab} />}
      {narrow
        ? parts[tab]
        : [page && parts.answer, page && parts.snippets, parts.agents, parts.agent, !page && parts.snippets]}
    </main>
  );
}

function helpWith({ state, send }: View, runId: string, help: Help): void {
  const entry = state.conversation?.entries.find((one) => one.runId === runId);
  const question = entry?.question ?? state.runs[runId]?.question ?? '';
  if (help === 'retry') ignore(send('ask', { question, attachments: entry?.attachments ?? [] }));
  else if (help === 'more') ignore(send('goOn', { runId }));
  else ignore(send(helpRequests[help], {}));
}
