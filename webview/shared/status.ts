import { cost, duration, plural, shortCount } from '../../src/runs/format.ts';
import type { AgentPhase, AgentState, CellStep, RunState, Spending, TurnStep } from '../../src/runs/run-state.ts';
import { withoutCode } from './prose.ts';

/** `7 agents`, `14 calls`, `38k tok`, `$0.06`, `21 s` */
export function figuresOf(run: RunState, now: number): readonly string[] {
  const { agents, calls, promptTokens, completionTokens } = run.totals;
  const ms = run.end?.timings.totalMs ?? Math.max(0, now - run.startedAt);
  const tokens = promptTokens + completionTokens;
  const spent = tokens > 0 ? [`${shortCount(tokens)} tok`, costOf(run.totals)] : [];
  return [plural(agents, 'agent'), plural(calls, 'call'), ...spent, duration(ms)];
}

/** `≈ $0.06` where tokens had to be counted by us. */
const costOf = ({ costUsd, estimated }: Pick<Spending, 'costUsd' | 'estimated'>): string =>
  estimated && costUsd ? `≈ ${cost(costUsd)}` : cost(costUsd);

/** How a run stands, for a title and for an icon. */
export type RunTone = 'running' | 'done' | 'partial' | 'stopped' | 'failed';

const tones = { answered: 'done', exhausted: 'partial', cancelled: 'stopped', failed: 'failed' } as const;
export const toneOf = (run: RunState | undefined): RunTone =>
  run?.outcome === undefined ? 'running' : tones[run.outcome];

export const toneIcons: Readonly<Record<RunTone, string>> = {
  running: 'loading',
  done: 'pass',
  partial: 'warning',
  stopped: 'circle-slash',
  failed: 'error',
};

const endings = { answered: 'answered', exhausted: 'limit reached', cancelled: 'stopped', failed: 'failed' } as const;

/** What the run is doing, or how it ended, in a few words that change seldom: they are spoken. */
export function stateOf(run: RunState | undefined): string {
  if (run?.outcome !== undefined) return endings[run.outcome];
  const root = rootOf(run);
  if (run === undefined || root === undefined) return run?.snapshot === undefined ? 'reading files' : 'starting';
  const step = root.steps.at(-1);
  if (step?.kind === 'turn' && step.live) return step.retries.length > 0 ? 'waiting to retry' : 'root thinking';
  if (step?.kind === 'cell' && step.end === undefined)
    return openCall(run, step) ? 'sub-agents reading' : 'root exploring';
  return 'root exploring';
}

const rootOf = (run: RunState | undefined): AgentState | undefined =>
  run?.rootId === undefined ? undefined : run.agents.get(run.rootId);

const openCall = (run: RunState, cell: CellStep) => {
  const call = run.calls.get(cell.calls.at(-1) ?? '');
  return call?.ms === undefined ? call : undefined;
};

/** The root's last doing: `cell 3: 5 of 12 sub-agents done`, `retrying in 18 s: too many requests`. */
export function activityOf(run: RunState, now: number, retryAt: number | undefined): string {
  const steps = rootOf(run)?.steps ?? [];
  const step = steps.at(-1);
  if (step?.kind === 'turn' && step.live && step.retries.length > 0) return retryText(step, now, retryAt);
  const turn = steps.findLast((one) => one.kind === 'turn');
  const said = turn === undefined ? '' : (withoutCode(turn.text).split('\n')[0] ?? '');
  if (step?.kind !== 'cell') return said;
  const call = step.end === undefined ? openCall(run, step) : undefined;
  if (call !== undefined) return `cell ${step.cell}: ${call.ended} of ${plural(call.count, 'sub-agent')} done`;
  return `cell ${step.cell}${said === '' ? '' : `: ${said}`}`;
}

/** `retrying in 18 s (attempt 3): too many requests` */
export function retryText({ retries }: TurnStep, now: number, retryAt: number | undefined): string {
  const last = retries.at(-1);
  if (last === undefined) return '';
  const left = Math.max(0, (retryAt ?? now) - now);
  const when = left < 1000 ? 'now' : `in ${Math.ceil(left / 1000)} s`;
  return `retrying ${when} (attempt ${last.attempt}): ${last.reason}`;
}

const phaseIcons: Readonly<Record<AgentPhase, string>> = {
  queued: 'circle-outline',
  running: 'loading',
  waiting: 'ellipsis',
  done: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
  cached: 'history',
};

export const iconOf = ({ phase, outcome }: AgentState) => (outcome === 'exhausted' ? 'warning' : phaseIcons[phase]);

export const isActive = ({ phase }: AgentState) => phase === 'running' || phase === 'waiting' || phase === 'queued';

/** `3m 05s` takes the room of a column. */
export const shortTime = (ms: number): string => duration(ms).replace(/ min (\d+) s$/, 'm $1s');

export interface AgentFigures {
  readonly calls: string;
  readonly tokens: string;
  readonly cost: string;
  readonly time: string;
}

const elapsed = (agent: AgentState, now: number) => (isActive(agent) ? Math.max(0, now - agent.startedAt) : agent.ms);

/** An agent's own figures; empty texts for what it has none of. */
export function agentFigures(agent: AgentState, now: number): AgentFigures {
  const tokens = agent.promptTokens + agent.completionTokens;
  return {
    calls: agent.calls > 0 ? String(agent.calls) : '',
    tokens: tokens > 0 ? shortCount(tokens) : '',
    cost: tokens > 0 ? costOf(agent).replace('cost unknown', '?') : '',
    time: shortTime(elapsed(agent, now)),
  };
}

/** `3 calls · 9.4k tok · $0.0063 · 4.1 s` */
export function agentSummary(agent: AgentState, now: number): string {
  const { tokens } = agentFigures(agent, now);
  const spent = tokens === '' ? [] : [`${tokens} tok`, costOf(agent)];
  return [...(agent.calls > 0 ? [plural(agent.calls, 'call')] : []), ...spent, duration(elapsed(agent, now))].join(
    ' · ',
  );
}
