import { useMemo, useRef, useState } from 'preact/hooks';
import type { RunState } from '../../src/runs/run-state.ts';
import { keyAction } from './tree-keys.ts';
import { Row, rowHeight } from './tree-row.tsx';
import { type TreeRow, treeRows } from './tree-rows.ts';
import { scrollToRow, useMovedFocus, useWindow } from './tree-window.ts';

interface AgentTreeProps {
  readonly run: RunState;
  readonly now: number;
  readonly chosen: string;
  /** Rows that are not folded as they begin. */
  readonly toggled: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onChoose: (agentId: string) => void;
  readonly onStop: (agentId: string) => void;
  readonly onCopy: (text: string) => void;
}

/** The agents as an ARIA tree of which only the rows in sight exist: ten thousand are as light as fifty. */
export function AgentTree({ run, now, chosen, toggled, onToggle, onChoose, onStop, onCopy }: AgentTreeProps) {
  const [filter, setFilter] = useState('');
  const [focusKey, setFocusKey] = useState('');
  const tree = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => treeRows(run, toggled, filter), [run, toggled, filter]);
  const found = rows.findIndex(({ key }) => key === (focusKey || chosen));
  const focused = Math.max(0, found);
  const shown = useWindow(tree, rows, focused);
  const focusRow = rows[focused];
  const followFocus = useMovedFocus(tree, focusRow?.key ?? '');
  const setFocus = (key: string) => {
    if (key !== focusRow?.key) followFocus();
    setFocusKey(key);
  };
  const pick = (row: TreeRow) => {
    setFocus(row.key);
    if (row.kind === 'agent') onChoose(row.key);
    else onToggle(row.key);
  };
  const moveTo = (wanted: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, wanted));
    setFocus(rows[index]?.key ?? '');
    scrollToRow(tree.current, index);
  };
  const moves = { moveTo, pick, toggle: onToggle, stop: onStop, copy: onCopy, search: () => search.current?.focus() };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keyAction(event.key, rows, focused, moves);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const leaveSearch = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setFilter('');
    else if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    tree.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  // A row that is folded by the pointer has the focus, and with it the keys.
  const toggle = (key: string) => {
    setFocus(key);
    onToggle(key);
  };
  const common = { run, now, chosen, onToggle: toggle, onStop, onPick: pick };
  return (
    <section class="agents" aria-label="Agents">
      <div class="tools">
        <input
          ref={search}
          type="search"
          aria-label="Filter agents"
          placeholder="Filter agents (/)"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
          onKeyDown={leaveSearch}
        />
      </div>
      <Headings />
      <div ref={tree} class="tree" role="tree" aria-label="Agents" onKeyDown={onKeyDown}>
        <div class="height" role="presentation" style={{ height: `${rows.length * rowHeight}px` }}>
          <div role="presentation">
            {focusRow !== undefined && <Row key={focusRow.key} row={focusRow} index={focused} tabbable {...common} />}
          </div>
          {shown.map(({ row, index }) => (
            <Row key={row.key} row={row} index={index} tabbable={false} {...common} />
          ))}
        </div>
      </div>
      {rows.length === 0 && <p class="none muted">No agent matches.</p>}
    </section>
  );
}

/** What the figures of the rows are. The rows say theirs in words. */
const Headings = () => (
  <div class="row headings" aria-hidden="true">
    <span class="name">Agent</span>
    <span class="figure calls">Calls</span>
    <span class="figure tokens">Tokens</span>
    <span class="figure cost">Cost</span>
    <span class="figure time">Time</span>
  </div>
);
