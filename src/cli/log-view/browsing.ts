import type { LogRow } from './log-rows.ts';

/** Where a person is in a run. */
export interface Browsing {
  readonly at: number;
  /** First row in sight. */
  readonly top: number;
  readonly toggled: ReadonlySet<string>;
  /** The newest row is kept in sight while the run goes on. */
  readonly follow: boolean;
}

export const beginning = (follow: boolean): Browsing => ({ at: 0, top: 0, toggled: new Set(), follow });

/** Without the line of the question and the one of the keys. */
export const rowsInSight = (rows: number): number => Math.max(1, rows - 2);

export type Key =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'toggle'
  | 'all'
  | 'next'
  | 'previous'
  | 'follow';

/** What a key does to where one is. */
export function press(browsing: Browsing, key: Key, rows: readonly LogRow[], height: number): Browsing {
  const { at } = browsing;
  const row = rows[at];
  const moves: Readonly<Record<Key, () => Browsing>> = {
    up: () => moveTo(browsing, at - 1, rows),
    down: () => moveTo(browsing, at + 1, rows),
    'page-up': () => moveTo(browsing, at - height, rows),
    'page-down': () => moveTo(browsing, at + height, rows),
    home: () => moveTo(browsing, 0, rows),
    end: () => moveTo(browsing, rows.length - 1, rows),
    right: () => (row?.open === false ? toggle(browsing, [row.key]) : moveTo(browsing, at + 1, rows)),
    left: () => (row?.open === true ? toggle(browsing, [row.key]) : moveTo(browsing, parentOf(rows, at), rows)),
    toggle: () => (row?.open === undefined ? browsing : toggle(browsing, [row.key])),
    all: () => toggle(browsing, below(rows, at)),
    next: () => moveTo(browsing, agentFrom(rows, at, 1), rows),
    previous: () => moveTo(browsing, agentFrom(rows, at, -1), rows),
    follow: () => ({ ...browsing, follow: !browsing.follow }),
  };
  return moves[key]();
}

/** Brings the chosen row into the list and into sight after the rows have changed. */
export function settle(browsing: Browsing, rows: readonly LogRow[], height: number): Browsing {
  const last = Math.max(0, rows.length - 1);
  const at = browsing.follow ? last : Math.min(browsing.at, last);
  const top = Math.max(0, Math.min(Math.max(browsing.top, at - height + 1), at, Math.max(0, rows.length - height)));
  return { ...browsing, at, top };
}

const moveTo = (browsing: Browsing, wanted: number, rows: readonly LogRow[]): Browsing => ({
  ...browsing,
  at: Math.max(0, Math.min(rows.length - 1, wanted)),
  follow: false,
});

function toggle(browsing: Browsing, keys: readonly string[]): Browsing {
  const toggled = new Set(browsing.toggled);
  for (const key of keys) if (!toggled.delete(key)) toggled.add(key);
  return { ...browsing, toggled, follow: false };
}

/** The closed rows of a branch; where all is open, its open ones. */
function below(rows: readonly LogRow[], at: number): readonly string[] {
  const level = rows[at]?.depth ?? 0;
  const after = rows.slice(at + 1).findIndex(({ depth }) => depth <= level);
  const branch = rows.slice(at, after < 0 ? undefined : at + 1 + after);
  const closed = branch.filter(({ open }) => open === false);
  return (closed.length > 0 ? closed : branch.filter(({ open }) => open === true)).map(({ key }) => key);
}

function parentOf(rows: readonly LogRow[], at: number): number {
  const level = rows[at]?.depth ?? 0;
  const parent = rows.slice(0, at).findLastIndex(({ depth }) => depth < level);
  return parent < 0 ? at : parent;
}

function agentFrom(rows: readonly LogRow[], at: number, step: 1 | -1): number {
  for (let index = at + step; index >= 0 && index < rows.length; index += step)
    if (rows[index]?.key.startsWith('agent ')) return index;
  return at;
}
