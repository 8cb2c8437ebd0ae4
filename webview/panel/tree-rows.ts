import { plural } from '../../src/runs/format.ts';
import type { AgentState, RunState, SubCall } from '../../src/runs/run-state.ts';

/** One line of the tree as it is unfolded now. A group stands for the agents of one batch. */
export type TreeRow =
  | {
      readonly kind: 'agent';
      readonly key: string;
      readonly level: number;
      readonly open: boolean | undefined;
      readonly agent: AgentState;
    }
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly level: number;
      readonly open: boolean;
      readonly call: SubCall;
    };

/** Batches of more than this are folded to a group. */
const foldFrom = 4;

/** `toggled` rows are not as they begin: agents begin open, groups closed. */
export function treeRows(run: RunState, toggled: ReadonlySet<string>, filter: string): readonly TreeRow[] {
  if (filter !== '') return filteredRows(run, filter.toLowerCase());
  const rows: TreeRow[] = [];
  if (run.rootId !== undefined) addAgent(run, run.rootId, 1, toggled, rows);
  return rows;
}

function addAgent(run: RunState, id: string, level: number, toggled: ReadonlySet<string>, rows: TreeRow[]): void {
  const agent = run.agents.get(id);
  if (agent === undefined) return;
  const open = agent.children.length === 0 ? undefined : !toggled.has(id);
  rows.push({ kind: 'agent', key: id, level, open, agent });
  if (open !== true) return;
  let group = '';
  for (const childId of agent.children) {
    const callKey = run.agents.get(childId)?.callKey ?? '';
    const call = run.calls.get(callKey);
    if (call === undefined || call.count <= foldFrom) addAgent(run, childId, level + 1, toggled, rows);
    else if (callKey !== group) addGroup(run, call, level + 1, toggled, rows);
    group = callKey;
  }
}

function addGroup(run: RunState, call: SubCall, level: number, toggled: ReadonlySet<string>, rows: TreeRow[]): void {
  const open = toggled.has(call.key);
  rows.push({ kind: 'group', key: call.key, level, open, call });
  if (!open) return;
  for (const id of call.children) addAgent(run, id, level + 1, toggled, rows);
}

function filteredRows(run: RunState, wanted: string): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  for (const id of run.order) {
    const agent = run.agents.get(id);
    if (agent !== undefined && labelOf(agent).toLowerCase().includes(wanted))
      rows.push({ kind: 'agent', key: id, level: 1, open: undefined, agent });
  }
  return rows;
}

/** The first words of what an agent was asked. */
export function labelOf({ role, task }: AgentState): string {
  if (role === 'root') return 'root';
  const passage = /<passage path="([^"\n]+)">/.exec(task)?.[1];
  const words = passage ?? task.trim().replace(/\s+/g, ' ').slice(0, 80);
  return role === 'rlm' ? `rlm “${words}”` : words;
}

export function groupLabel({ op, count, ended, failed, ms }: SubCall): string {
  const state = ms === undefined ? `${ended} done` : 'done';
  return `${op} ×${count} · ${state}${failed > 0 ? ` · ${plural(failed, 'failure')}` : ''}`;
}
