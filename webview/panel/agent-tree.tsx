import { useEffect, useRef, useState } from 'preact/hooks';
import { duration } from '../../src/runs/format.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { Icon } from '../shared/icon.tsx';
import { agentFigures, iconOf, isActive } from '../shared/status.ts';
import { groupLabel, labelOf, type TreeRow, treeRows } from './tree-rows.ts';

interface AgentTreeProps {
  readonly run: RunState;
  readonly now: number;
  readonly chosen: string;
  readonly onChoose: (agentId: string) => void;
  readonly onStop: (agentId: string) => void;
  readonly onCopy: (text: string) => void;
}

const rowHeight = 22;
/** Rows drawn beyond what is seen, so that scrolling does not show gaps. */
const margin = 20;

/** The agents as an ARIA tree of which only the rows in sight exist: ten thousand are as light as fifty. */
export function AgentTree({ run, now, chosen, onChoose, onStop, onCopy }: AgentTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const [focusKey, setFocusKey] = useState('');
  const [top, setTop] = useState(0);
  const tree = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const height = tree.current?.clientHeight ?? 600;
  const rows = treeRows(run, toggled, filter);
  const focused = Math.max(
    0,
    rows.findIndex(({ key }) => key === (focusKey || chosen)),
  );
  const first = Math.max(0, Math.floor(top / rowHeight) - margin);
  const visible = rows.slice(first, first + Math.ceil(height / rowHeight) + 2 * margin);
  const toggle = (key: string) =>
    setToggled((before) => (before.has(key) ? without(before, key) : new Set([...before, key])));
  const pick = (row: TreeRow) => {
    setFocusKey(row.key);
    if (row.kind === 'agent') onChoose(row.key);
    else toggle(row.key);
  };
  const moveTo = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row === undefined) return;
    setFocusKey(row.key);
    scrollTo(tree.current, rows.indexOf(row));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[focused];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actionOf(event.key, row, {
      focused,
      last: rows.length - 1,
      moveTo,
      toggle,
      pick,
      onStop,
      onCopy,
      search: () => search.current?.focus(),
    });
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  useEffect(() => {
    const row = tree.current?.querySelector<HTMLElement>('[tabindex="0"]');
    if (tree.current?.contains(document.activeElement) && document.activeElement !== row)
      row?.focus({ preventScroll: true });
  });
  return (
    <section class="agents" aria-label="Agents">
      <input
        ref={search}
        type="search"
        aria-label="Filter agents"
        placeholder="Filter agents (/)"
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <div
        ref={tree}
        class="tree"
        role="tree"
        aria-label="Agents"
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: `${first * rowHeight}px` }} />
        {visible.map((row, at) => (
          <Row
            key={row.key}
            row={row}
            now={now}
            tabbable={first + at === focused}
            selected={row.key === chosen}
            onPick={() => pick(row)}
            onToggle={() => toggle(row.key)}
            onStop={onStop}
          />
        ))}
        <div
          role="presentation"
          style={{ height: `${Math.max(0, rows.length - first - visible.length) * rowHeight}px` }}
        />
      </div>
    </section>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly now: number;
  readonly tabbable: boolean;
  readonly selected: boolean;
  readonly onPick: () => void;
  readonly onToggle: () => void;
  readonly onStop: (agentId: string) => void;
}

function Row({ row, now, tabbable, selected, onPick, onToggle, onStop }: RowProps) {
  const active = row.kind === 'agent' ? isActive(row.agent) : row.call.ms === undefined;
  const icon = row.kind === 'agent' ? iconOf(row.agent) : 'layers';
  const label = row.kind === 'agent' ? labelOf(row.agent) : groupLabel(row.call);
  const figures =
    row.kind === 'agent' ? agentFigures(row.agent, now) : row.call.ms === undefined ? '' : duration(row.call.ms);
  const word = row.kind === 'agent' ? row.agent.phase : '';
  const onClick = ({ target }: MouseEvent) => {
    const act = target instanceof Element ? target.closest('[data-act]')?.getAttribute('data-act') : undefined;
    if (act === 'stop') onStop(row.key);
    else if (act === 'toggle' && row.open !== undefined) onToggle();
    else onPick();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys for all of its rows.
    <div
      role="treeitem"
      tabIndex={tabbable ? 0 : -1}
      aria-level={row.level}
      aria-selected={selected}
      {...(row.open !== undefined && { 'aria-expanded': row.open })}
      class={`row ${row.kind === 'agent' ? row.agent.phase : ''}`}
      title={row.kind === 'agent' ? row.agent.task.slice(0, 600) : label}
      style={{ paddingInlineStart: `${(row.level - 1) * 14 + 4}px` }}
      onClick={onClick}
    >
      <span class="twistie" data-act="toggle">
        {row.open !== undefined && <Icon name={row.open ? 'chevron-down' : 'chevron-right'} />}
      </span>
      <Icon name={icon} spin={icon === 'loading'} />
      <bdi class="ellipsis grow">{label}</bdi>
      <span class="hidden">{` ${word} `}</span>
      <span class="muted figures">{figures}</span>
      {active && row.kind === 'agent' && (
        <span data-act="stop" title="Stop this branch (s)">
          <Icon name="debug-stop" />
        </span>
      )}
    </div>
  );
}

interface Moves {
  readonly focused: number;
  readonly last: number;
  readonly moveTo: (index: number) => void;
  readonly toggle: (key: string) => void;
  readonly pick: (row: TreeRow) => void;
  readonly onStop: (agentId: string) => void;
  readonly onCopy: (text: string) => void;
  readonly search: () => void;
}

/** What a key means on a row: the ARIA tree pattern, and s, c and /. */
function actionOf(key: string, row: TreeRow, moves: Moves): (() => void) | undefined {
  const { focused, last, moveTo, toggle, pick, onStop, onCopy, search } = moves;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(focused + 1),
    ArrowUp: () => moveTo(focused - 1),
    Home: () => moveTo(0),
    End: () => moveTo(last),
    ArrowRight: () => (row.open === false ? toggle(row.key) : row.open === true ? moveTo(focused + 1) : undefined),
    ArrowLeft: () => (row.open === true ? toggle(row.key) : moveTo(focused - 1)),
    Enter: () => pick(row),
    ' ': () => pick(row),
    s: () => row.kind === 'agent' && isActive(row.agent) && onStop(row.key),
    c: () => row.kind === 'agent' && onCopy(row.agent.answer || row.agent.task),
    '/': search,
  };
  return Object.hasOwn(actions, key) ? actions[key] : undefined;
}

function scrollTo(tree: HTMLElement | null, index: number): void {
  if (tree === null) return;
  const top = index * rowHeight;
  if (top < tree.scrollTop) tree.scrollTop = top;
  else if (top + rowHeight > tree.scrollTop + tree.clientHeight) tree.scrollTop = top + rowHeight - tree.clientHeight;
}

function without(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const copy = new Set(set);
  copy.delete(key);
  return copy;
}
