import { useEffect, useState } from 'preact/hooks';
import type { Host } from '../shared/host.ts';
import type { ViewState } from '../shared/view-state.ts';
import { type Tab, tabs } from './tabs.tsx';

/** What the panel itself keeps: which run (or two) and agent it shows, which rows are folded, which tab is in front. */
export interface PanelChoices {
  readonly runId: string | undefined;
  readonly chosen: string | null;
  readonly toggled: ReadonlySet<string>;
  readonly tab: Tab;
  readonly choose: (agentId: string) => void;
  readonly toggle: (key: string) => void;
  readonly setTab: (tab: Tab) => void;
}

/** More folds than a person makes are not kept. */
const keptFolds = 200;

export function usePanel(host: Host, state: ViewState): PanelChoices {
  const { saved } = host;
  const [chosen, setChosen] = useState<string | null>(textOf(saved.agentId));
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set(textsOf(saved.toggled)));
  const [tab, setTab] = useState<Tab>(tabs.find((one) => one === saved.tab) ?? 'agents');
  const runId = state.show?.runId ?? textOf(saved.runId) ?? state.conversation?.entries.at(-1)?.runId;
  useEffect(() => {
    const { show } = state;
    if (show === null) return;
    const same = show.runId === saved.runId;
    if (!same) setToggled(new Set());
    if (!same || show.agentId !== null) setChosen(show.agentId);
    host.save({ runId: show.runId, compare: state.compare, ...(same ? {} : { agentId: null, toggled: [] }) });
  }, [state.show]);
  return {
    ...{ runId, chosen, toggled, tab },
    choose: (agentId) => {
      setChosen(agentId);
      host.save({ agentId });
    },
    toggle: (key) => {
      const next = new Set(toggled);
      if (!next.delete(key)) next.add(key);
      setToggled(next);
      host.save({ toggled: [...next].slice(-keptFolds) });
    },
    setTab: (next) => {
      setTab(next);
      host.save({ tab: next });
    },
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
