import { duration } from '../runs/format.ts';
import type { AgentState, RunState, SubCall } from '../runs/run-state.ts';
import { activity, figures, shortLine } from './agent-text.ts';
import { type Span, type Style, span } from './paint.ts';

/** One line of the tree before it is fitted to a terminal. */
export interface Row {
  readonly depth: number;
  readonly active: boolean;
  readonly left: readonly Span[];
  readonly right: string;
}

export interface Moment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly spinner: string;
}

/** Sub-agents of one call that get a line each; the rest is counted. */
const shownChildren = 8;

/** An agent and what is below it. Of an agent that has ended, only its own line. */
export function agentRows(agent: AgentState, state: RunState, depth: number, moment: Moment): readonly Row[] {
  const own = agentRow(agent, state, depth, moment);
  if (!own.active && agent.role !== 'root') return [own];
  return [own, ...groupsOf(agent, state).flatMap((group) => groupRows(group, state, depth + 1, moment))];
}

function agentRow(agent: AgentState, state: RunState, depth: number, { now, spinner }: Moment): Row {
  const active = agent.outcome === undefined;
  const isRoot = agent.role === 'root';
  const ms = active ? now - agent.startedAt : agent.ms;
  const detail = active ? activity(agent) : agent.outcome === 'answered' ? '' : agent.outcome;
  const title = isRoot ? `root · ${shortLine(agent.model)}` : `${agent.role} ${shortLine(agent.task)}`;
  return {
    depth,
    active,
    left: [mark(agent, spinner), span(` ${title}`), span(detail ? ` · ${detail}` : '', 'dim')],
    right: isRoot ? figures(state.totals, ms) : figures(agent, ms),
  };
}

function mark({ phase, outcome }: AgentState, spinner: string): Span {
  if (phase === 'queued') return span('·', 'dim');
  if (outcome === undefined) return span(spinner, 'accent');
  return outcome === 'answered' ? span('✓', 'good') : span(outcome === 'exhausted' ? '!' : '✗', 'bad');
}

/** Calls that are drawn together: `llm` calls that follow each other, or one call for `rlm` agents. */
interface Group {
  readonly kind: 'llm' | 'rlm';
  readonly calls: readonly SubCall[];
}

function groupsOf(agent: AgentState, state: RunState): readonly Group[] {
  const groups: { kind: 'llm' | 'rlm'; calls: SubCall[] }[] = [];
  for (const step of agent.steps) {
    if (step.kind !== 'cell') continue;
    for (const key of step.calls) {
      const call = state.calls.get(key);
      if (call === undefined || !/^[lr]lm/.test(call.op)) continue;
      const last = groups.at(-1);
      if (call.op.startsWith('rlm')) groups.push({ kind: 'rlm', calls: [call] });
      else if (last?.kind === 'llm') last.calls.push(call);
      else groups.push({ kind: 'llm', calls: [call] });
    }
  }
  return groups;
}

function groupRows(group: Group, state: RunState, depth: number, moment: Moment): readonly Row[] {
  const [call] = group.calls;
  if (call === undefined) return [];
  if (group.kind === 'llm') return [foldedRow('llm', group.calls, state, depth, moment)];
  if (call.children.length <= shownChildren)
    return [...call.children].flatMap((id) => childRows(id, state, depth, moment));
  const running = firstActive(call, state);
  return [
    foldedRow('rlm', [call], state, depth, moment),
    ...running.flatMap((id) => childRows(id, state, depth + 1, moment)),
  ];
}

function childRows(id: string, state: RunState, depth: number, moment: Moment): readonly Row[] {
  const agent = state.agents.get(id);
  return agent === undefined ? [] : agentRows(agent, state, depth, moment);
}

function firstActive(call: SubCall, state: RunState): readonly string[] {
  const found: string[] = [];
  if (call.ms !== undefined) return found;
  for (const id of call.children) {
    const phase = state.agents.get(id)?.phase;
    if (phase === 'running' || phase === 'waiting') found.push(id);
    if (found.length === shownChildren) break;
  }
  return found;
}

/** `✓ llm ×12`, `⠋ llm 9 of 12 · 1 failed`; with its prompt when it is a single one. */
function foldedRow(role: string, calls: readonly SubCall[], state: RunState, depth: number, moment: Moment): Row {
  const sum = (value: (call: SubCall) => number) => calls.reduce((total, call) => total + value(call), 0);
  const active = calls.some((call) => call.ms === undefined);
  const count = sum((call) => call.count);
  const failed = sum((call) => call.failed);
  const cached = sum((call) => call.cached);
  const single = count === 1 ? state.agents.get(calls[0]?.children.at(0) ?? '') : undefined;
  const title =
    single === undefined
      ? times(
          count,
          sum((call) => call.ended),
          active,
        )
      : ` ${shortLine(single.task)}`;
  const style: Style = failed > 0 ? 'bad' : 'good';
  return {
    depth,
    active,
    left: [
      active ? span(moment.spinner, 'accent') : span(failed > 0 ? '✗' : '✓', style),
      span(` ${role}${title}`),
      span(cached > 0 ? ` · ${cached} from memory` : '', 'dim'),
      span(failed > 0 ? ` · ${failed} failed` : '', 'bad'),
    ],
    right: duration(sum((call) => call.ms ?? moment.now - call.startedAt)),
  };
}

const times = (count: number, ended: number, active: boolean): string =>
  active ? ` ×${count} · ${Math.min(ended, count)} done` : ` ×${count}`;
