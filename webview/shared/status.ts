import { cost, duration, plural, shortCount } from '../../src/runs/format.ts';
import type { AgentPhase, AgentState, CellStep, RunState, Step, TurnStep } from '../../src/runs/run-state.ts';

/** `7 agents · 14 calls · 38k tok · $0.06 · 21 s` */
export function figuresOf(run: RunState, now: number): string {
  const { agents, calls, promptTokens, completionTokens, costUsd } = run.totals;
  const ms = run.end?.timings.totalMs ?? Math.max(0, now - run.startedAt);
  const tokens = promptTokens + completionTokens;
  const parts = [
    plural(agents, 'agent'),
    plural(calls, 'call'),
    ...(tokens > 0 ? [`${shortCount(tokens)} tok`, cost(costUsd)] : []),
    duration(ms),
  ];
  return parts.join(' · ');
}

/** What the run is doing, or how it ended, in a few words. */
export function stateOf(run: RunState): string {
  switch (run.outcome) {
    case 'answered':
      return 'answered';
    case 'exhausted':
      return 'limit reached, partial answer';
    case 'cancelled':
      return 'stopped';
    case 'failed':
      return 'failed';
    default:
      return activityOf(run);
  }
}

function activityOf(run: RunState): string {
  const root = run.rootId === undefined ? undefined : run.agents.get(run.rootId);
  if (root === undefined) return run.snapshot === undefined ? 'reading the workspace' : 'starting';
  const step = root.steps.at(-1);
  if (step?.kind === 'turn' && step.live) return step.retries.length > 0 ? retrying(step) : 'waiting for the model';
  if (step?.kind === 'cell' && step.end === undefined) return cellActivity(run, step);
  return 'exploring';
}

const retrying = ({ retries }: TurnStep) => `retrying: ${retries.at(-1)?.reason ?? ''}`;

function cellActivity(run: RunState, step: CellStep): string {
  const call = step.calls.length === 0 ? undefined : run.calls.get(step.calls.at(-1) ?? '');
  if (call === undefined || call.ms !== undefined) return `running cell ${step.cell}`;
  return `${plural(call.count, 'sub-agent')} reading, ${call.ended} done`;
}

const phaseIcons: Readonly<Record<AgentPhase, string>> = {
  queued: 'circle-outline',
  running: 'loading',
  waiting: 'watch',
  done: 'pass',
  failed: 'error',
  cancelled: 'circle-slash',
  cached: 'history',
};

export const iconOf = ({ phase }: AgentState) => phaseIcons[phase];

export const isActive = ({ phase }: AgentState) => phase === 'running' || phase === 'waiting' || phase === 'queued';

/** An agent's own tokens, cost and time, for its row. */
export function agentFigures(agent: AgentState, now: number): string {
  const tokens = agent.promptTokens + agent.completionTokens;
  const ms = agent.ms > 0 ? agent.ms : isActive(agent) && agent.startedAt > 0 ? now - agent.startedAt : 0;
  const parts = [
    ...(agent.calls > 1 ? [plural(agent.calls, 'call')] : []),
    ...(tokens > 0 ? [`${shortCount(tokens)} tok`, cost(agent.costUsd)] : []),
  ];
  return [...parts, duration(ms)].join(' · ');
}

export const stepKey = (step: Step, index: number) =>
  step.kind === 'cell' ? `cell ${step.cell}` : `${step.kind} ${index}`;
