import { plural } from '../../src/runs/format.ts';
import type { AgentState, RunState, SubCall } from '../../src/runs/run-state.ts';

interface RowPlace {
  readonly key: string;
  readonly level: number;
  /** Among the rows of the same parent, from 1. */
  readonly position: number;
  readonly siblings: number;
}

interface AgentRow extends RowPlace {
  readonly kind: 'agent';
  /** `undefined`: nothing to fold. */
  readonly open: boolean | undefined;
  readonly agent: AgentState;
}

/** Stands for the agents of one batch. */
interface GroupRow extends RowPlace {
  readonly kind: 'group';
  readonly open: boolean;
  readonly call: SubCall;
}

/** One line of the tree as it is unfolded now. */
export type TreeRow = AgentRow | GroupRow;

/** Batches of more than this are folded to a group. */
const foldFrom = 4;

/** `toggled` rows are not as they begin: agents begin open, groups closed. */
export function treeRows(run: RunState, toggled: ReadonlySet<string>, filter: string): readonly TreeRow[] {
  if (filter.trim() !== '') return filteredRows(run, filter.trim().toLowerCase());
  const rows: TreeRow[] = [];
  const place = { level: 1, position: 1, siblings: 1 };
  if (run.rootId !== undefined) addAgent(run, toggled, rows, { ...place, key: run.rootId });
  return rows;
}

function addAgent(run: RunState, toggled: ReadonlySet<string>, rows: TreeRow[], place: RowPlace): void {
  const agent = run.agents.get(place.key);
  if (agent === undefined) return;
  const open = agent.children.length === 0 ? undefined : !toggled.has(place.key);
  rows.push({ kind: 'agent', ...place, open, agent });
  if (open !== true) return;
  const children = childrenOf(run, agent);
  for (const [index, child] of children.entries()) {
    const key = typeof child === 'string' ? child : child.key;
    const below = { key, level: place.level + 1, position: index + 1, siblings: children.length };
    if (typeof child === 'string') addAgent(run, toggled, rows, below);
    else addGroup(run, toggled, rows, below, child);
  }
}

/** Ids of single agents, and the calls whose agents are shown as a group. */
function childrenOf(run: RunState, agent: AgentState): readonly (string | SubCall)[] {
  const children: (string | SubCall)[] = [];
  const groups = new Set<string>();
  for (const id of agent.children) {
    const key = run.agents.get(id)?.callKey ?? '';
    const call = run.calls.get(key);
    if (call === undefined || call.count <= foldFrom) children.push(id);
    else if (!groups.has(key)) children.push(call);
    groups.add(key);
  }
  return children;
}

function addGroup(run: RunState, toggled: ReadonlySet<string>, rows: TreeRow[], place: RowPlace, call: SubCall): void {
  const open = toggled.has(call.key);
  rows.push({ kind: 'group', ...place, open, call });
  if (!open) return;
  let position = 0;
  const below = { level: place.level + 1, siblings: call.children.length };
  for (const key of call.children) addAgent(run, toggled, rows, { ...below, key, position: ++position });
}

function filteredRows(run: RunState, wanted: string): readonly TreeRow[] {
  const found: AgentState[] = [];
  for (const id of run.order) {
    const agent = run.agents.get(id);
    if (agent !== undefined && searchText(agent).includes(wanted)) found.push(agent);
  }
  return found.map((agent, at) => {
    const place = { key: agent.id, level: 1, position: at + 1, siblings: found.length };
    return { kind: 'agent', ...place, open: undefined, agent };
  });
}

const searchText = (agent: AgentState) => `${labelOf(agent)} ${agent.model} ${agent.phase}`.toLowerCase();

/** The first words of what an agent was asked, or the file that it was given. */
export function labelOf({ role, task }: AgentState): string {
  if (role === 'root') return 'root';
  const passage = /<passage path="([^"\n]+)">/.exec(task)?.[1];
  const words = passage ?? task.slice(0, 200).trim().replace(/\s+/g, ' ').slice(0, 80);
  return role === 'rlm' ? `rlm “${words}”` : words;
}

/** The model of an agent, when it is not the one that agents of its role have. */
export function otherModel({ role, model }: AgentState, { models }: RunState): string {
  return model === (role === 'root' ? models.root : models.sub) ? '' : model;
}

/** The row in which a row lies; itself at the top. */
export function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  const parent = rows.slice(0, index).findLastIndex((row) => row.level < level);
  return parent < 0 ? index : parent;
}

export const groupLabel = ({ op, count }: SubCall): string => `${op} ×${count}`;

/** `5 done, 1 failed`; only what is not as it should be once all have ended. */
export function groupState({ count, ended, failed, cached, ms }: SubCall): string {
  const parts = [
    ...(ms === undefined ? [`${ended} of ${count} done`] : []),
    ...(failed > 0 ? [plural(failed, 'failure')] : []),
    ...(cached > 0 ? [`${cached} from memory`] : []),
  ];
  return parts.join(', ');
}
