import type { RunState } from '../../src/runs/run-state.ts';
import { Icon } from '../shared/icon.tsx';
import { type AgentFigures, agentFigures, agentSummary, iconOf, isActive, shortTime } from '../shared/status.ts';
import { groupLabel, groupState, labelOf, otherModel, type TreeRow } from './tree-rows.ts';

export const rowHeight = 22;

interface RowProps {
  readonly row: TreeRow;
  readonly index: number;
  readonly run: RunState;
  readonly now: number;
  readonly tabbable: boolean;
  /** Key of the row that is shown beside the tree. */
  readonly chosen: string;
  readonly onPick: (row: TreeRow) => void;
  readonly onToggle: (key: string) => void;
  readonly onStop: (agentId: string) => void;
}

/** One row, at its place in the whole height of the tree. */
export function Row({ row, index, run, now, tabbable, chosen, onPick, onToggle, onStop }: RowProps) {
  const { label, note, figures, icon, spoken, title, phase } = contentOf(row, run, now);
  const toggle = (event: Event) => {
    if (row.open === undefined) return;
    event.stopPropagation();
    onToggle(row.key);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all of its rows.
    <div
      role="treeitem"
      tabIndex={tabbable ? 0 : -1}
      data-key={row.key}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={row.key === chosen}
      {...(row.open !== undefined && { 'aria-expanded': row.open })}
      class={`row ${phase}`}
      title={title}
      style={{ top: `${index * rowHeight}px`, paddingInlineStart: `${(row.level - 1) * 12 + 4}px` }}
      onClick={() => onPick(row)}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys do the same on the row. */}
      <span class="twistie" onClick={toggle}>
        {row.open !== undefined && <Icon name={row.open ? 'chevron-down' : 'chevron-right'} />}
      </span>
      <Icon name={icon} spin={icon === 'loading'} />
      <span class="name">
        <bdi>{label}</bdi>
        {note !== '' && <span class="note">{` ${note}`}</span>}
        <span class="hidden">{spoken}</span>
      </span>
      <Figures figures={figures} all={row.kind === 'agent'} />
      {row.kind === 'agent' && isActive(row.agent) && <Stop onStop={() => onStop(row.key)} />}
    </div>
  );
}

/** For the pointer; the key is `s`. */
const Stop = ({ onStop }: { readonly onStop: () => void }) => {
  const stop = (event: Event) => {
    event.stopPropagation();
    onStop();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all of its rows.
    // biome-ignore lint/a11y/noStaticElementInteractions: keys do the same on the row.
    <span class="stop" title="Stop this branch (s)" onClick={stop}>
      <Icon name="debug-stop" />
    </span>
  );
};

const Figures = ({ figures: { calls, tokens, cost, time }, all }: FiguresProps) => (
  <>
    {all && (
      <span class="figure calls" aria-hidden="true">
        {calls}
      </span>
    )}
    {all && (
      <span class="figure tokens" aria-hidden="true">
        {tokens}
      </span>
    )}
    {all && (
      <span class="figure cost" aria-hidden="true">
        {cost}
      </span>
    )}
    <span class="figure time" aria-hidden="true">
      {time}
    </span>
  </>
);

interface FiguresProps {
  readonly figures: AgentFigures;
  /** A group has a time only; its words may take the room. */
  readonly all: boolean;
}

interface RowContent {
  readonly label: string;
  readonly note: string;
  readonly figures: AgentFigures;
  readonly icon: string;
  /** What the icon and the columns say, in words. */
  readonly spoken: string;
  readonly title: string;
  readonly phase: string;
}

function contentOf(row: TreeRow, run: RunState, now: number): RowContent {
  if (row.kind === 'agent') {
    const { agent } = row;
    const [label, note] = [labelOf(agent), otherModel(agent, run)];
    const spoken = `, ${agent.phase}, ${agentSummary(agent, now)}`;
    const title = `${agent.role} · depth ${agent.depth} · ${agent.model} · ${agent.phase}\n${agent.task.slice(0, 600)}`;
    const figures = agentFigures(agent, now);
    return { label, note, figures, icon: iconOf(agent), spoken, title, phase: agent.phase };
  }
  const { call } = row;
  const [label, note] = [groupLabel(call), groupState(call)];
  const time = shortTime(call.ms ?? Math.max(0, now - call.startedAt));
  const figures = { calls: '', tokens: '', cost: '', time };
  const spoken = `${note === '' ? ', done' : ''}, ${time}`;
  return {
    label,
    note,
    figures,
    icon: call.ms === undefined ? 'loading' : 'layers',
    spoken,
    title: `${label} ${note}`,
    phase: '',
  };
}
