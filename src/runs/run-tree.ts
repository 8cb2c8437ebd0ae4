import { changeLast, type EventOf, reduceAgent } from './agent-steps.ts';
import type { RunEvent } from './events.ts';
import { AppendList, PersistentMap } from './persistent.ts';
import type { AgentPhase, AgentState, RunState, RunTotals, Spending, SubCall } from './run-state.ts';

const nothingSpent: Spending = {
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  costUsd: 0,
  estimated: false,
};

export const emptyRun: RunState = {
  runId: '',
  question: '',
  version: '',
  models: { root: '', sub: '' },
  startedAt: 0,
  at: 0,
  nextSeq: 0,
  agents: PersistentMap.empty(),
  order: AppendList.empty(),
  calls: PersistentMap.empty(),
  totals: { ...nothingSpent, agents: 0, active: 0 },
  answer: '',
  citations: [],
};

/** Sub-call ids need only be unique within their agent. */
const callKey = (agentId: string, callId: string): string => `${agentId}/${callId}`;

/**
 * One step of a run. Pure; costs the same in a run of ten agents and of ten thousand. Events of unknown type or of
 * agents that never started (a damaged or newer log) leave the tree as it is.
 */
export function reduceRun(state: RunState, event: RunEvent): RunState {
  const now: RunState = { ...state, at: event.at, nextSeq: event.type === 'model-delta' ? event.seq : event.seq + 1 };
  switch (event.type) {
    case 'run-start': {
      const { runId, question, version, models, limits } = event;
      return { ...now, runId, question, version, models, limits, startedAt: event.at };
    }
    case 'snapshot': {
      const { snapshotId, roots, coverage, ms } = event;
      return { ...now, snapshot: { snapshotId, roots, coverage, ms } };
    }
    case 'agent-start':
      return startAgent(now, event);
    case 'agent-end':
      return endAgent(now, event);
    case 'call-start':
      return startCall(now, event);
    case 'call-end':
      return endCall(now, event);
    case 'model-end':
      return endTurn(now, event);
    case 'answer':
      return answerSoFar(now, event);
    case 'citations':
      return { ...now, citations: event.citations };
    case 'run-end':
      return { ...now, outcome: event.outcome, answer: event.answer, citations: event.citations, end: event };
    default:
      return changeAgent(now, event.agentId, (agent) => reduceAgent(agent, event));
  }
}

function changeAgent(state: RunState, id: string, change: (agent: AgentState) => AgentState): RunState {
  const agent = state.agents.get(id);
  return agent === undefined ? state : { ...state, agents: state.agents.set(id, change(agent)) };
}

function changeCall(state: RunState, key: string | undefined, change: (call: SubCall) => SubCall): RunState {
  const call = key === undefined ? undefined : state.calls.get(key);
  return call === undefined ? state : { ...state, calls: state.calls.set(call.key, change(call)) };
}

const changeTotals = (state: RunState, change: Partial<RunTotals>): RunState => ({
  ...state,
  totals: { ...state.totals, ...change },
});

/** Deeper than any run goes. */
const maxDepth = 100;

/** What a log says of its tree may be made up; whoever walks through it must come to an end. */
function isBelow(state: RunState, { agentId, parentId, role, depth }: EventOf<'agent-start'>): boolean {
  if (parentId === null) return true;
  const parent = state.agents.get(parentId);
  if (parentId === agentId || parent?.role === 'llm' || depth > maxDepth) return false;
  return role === 'llm' || parent === undefined || depth > parent.depth;
}

function startAgent(state: RunState, event: EventOf<'agent-start'>): RunState {
  const { agentId: id, parentId, role, depth, model, task, callId, cachedFrom } = event;
  if (state.agents.get(id) !== undefined || !isBelow(state, event)) return state;
  const key = parentId === null || callId === undefined ? undefined : callKey(parentId, callId);
  const agent: AgentState = {
    ...nothingSpent,
    ...{ id, role, depth, parentId, model, task },
    ...(key === undefined ? {} : { callKey: key }),
    ...(cachedFrom === undefined ? {} : { cachedFrom }),
    phase: cachedFrom === undefined ? 'queued' : 'cached',
    startedAt: event.at,
    ms: 0,
    children: AppendList.empty(),
    steps: [],
    refusals: 0,
    answer: '',
  };
  let next: RunState = { ...state, agents: state.agents.set(id, agent), order: state.order.append(id) };
  if (role === 'root') next = { ...next, rootId: id };
  if (parentId !== null)
    next = changeAgent(next, parentId, (parent) => ({ ...parent, children: parent.children.append(id) }));
  const cached = cachedFrom === undefined ? 0 : 1;
  next = changeCall(next, key, (call) => ({
    ...call,
    children: call.children.append(id),
    cached: call.cached + cached,
  }));
  return changeTotals(next, { agents: next.totals.agents + 1, active: next.totals.active + 1 });
}

function endAgent(state: RunState, event: EventOf<'agent-end'>): RunState {
  const agent = state.agents.get(event.agentId);
  if (agent === undefined || agent.outcome !== undefined) return state;
  const { outcome, answer, ms } = event;
  const lost = outcome === 'failed' || outcome === 'cancelled';
  const phase: AgentPhase = lost ? outcome : agent.cachedFrom === undefined ? 'done' : 'cached';
  const ended = changeAgent(state, agent.id, () => ({ ...agent, phase, outcome, answer, ms }));
  const counted = changeCall(ended, agent.callKey, (call) => ({
    ...call,
    ended: call.ended + 1,
    failed: call.failed + (lost ? 1 : 0),
  }));
  return changeTotals(counted, { active: counted.totals.active - 1 });
}

function startCall(state: RunState, event: EventOf<'call-start'>): RunState {
  const key = callKey(event.agentId, event.callId);
  const call: SubCall = {
    ...{ key, agentId: event.agentId, op: event.op, count: event.count, startedAt: event.at },
    children: AppendList.empty(),
    ended: 0,
    failed: 0,
    cached: 0,
  };
  return changeAgent({ ...state, calls: state.calls.set(key, call) }, event.agentId, (agent) => ({
    ...agent,
    phase: 'waiting',
    steps: changeLast(agent.steps, 'cell', (cell) => ({ ...cell, calls: cell.calls.append(key) })),
  }));
}

function endCall(state: RunState, event: EventOf<'call-end'>): RunState {
  const { failed, ms } = event;
  const next = changeCall(state, callKey(event.agentId, event.callId), (call) => ({ ...call, failed, ms }));
  return changeAgent(next, event.agentId, (agent) =>
    agent.outcome === undefined ? { ...agent, phase: 'running' } : agent,
  );
}

function endTurn(state: RunState, event: EventOf<'model-end'>): RunState {
  const { text, usage, costUsd, ms, failure } = event;
  const next = changeAgent(state, event.agentId, (agent) => ({
    ...agent,
    ...spend(agent, event),
    steps: changeLast(agent.steps, 'turn', (turn) => ({
      ...turn,
      ...{ live: false, text, usage, costUsd, ms },
      reasoning: event.reasoning ?? turn.reasoning,
      ...(failure === undefined ? {} : { failure }),
    })),
  }));
  return changeTotals(next, spend(next.totals, event));
}

function spend(before: Spending, { usage, costUsd }: EventOf<'model-end'>): Spending {
  return {
    calls: before.calls + 1,
    promptTokens: before.promptTokens + (usage?.promptTokens ?? 0),
    completionTokens: before.completionTokens + (usage?.completionTokens ?? 0),
    cachedTokens: before.cachedTokens + (usage?.cachedTokens ?? 0),
    costUsd: usage === null ? before.costUsd : plus(before.costUsd, costUsd),
    estimated: before.estimated || usage?.estimated === true,
  };
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

function answerSoFar(state: RunState, event: EventOf<'answer'>): RunState {
  const next = changeAgent(state, event.agentId, (agent) => ({ ...agent, answer: event.content }));
  return event.agentId === state.rootId ? { ...next, answer: event.content } : next;
}
