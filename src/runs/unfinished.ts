import type { RunEvent, Timings } from './events.ts';
import { evidenceOf } from './evidence.ts';
import type { RunState } from './run-state.ts';

/** The `run-end` of a run that did not come to write its own in time, from what it had come to. */
export function endUnfinished(state: RunState, reason: string, at: number): Extract<RunEvent, { type: 'run-end' }> {
  const { calls: modelCalls, promptTokens, completionTokens, cachedTokens, costUsd } = state.totals;
  const noCoverage = { filesTotal: 0, filesLoaded: 0, bytesLoaded: 0, leftOut: [] };
  return {
    ...{ type: 'run-end', seq: state.nextSeq, at, agentId: 'run', parentId: null, outcome: 'cancelled', reason },
    answer: state.answer === '' ? 'The run was stopped before it had an answer.' : state.answer,
    citations: state.citations,
    coverage: state.snapshot?.coverage ?? noCoverage,
    evidence: evidenceOf(looksOf(state)),
    usage: { modelCalls, promptTokens, completionTokens, cachedTokens, costUsd, byModel: usageByModel(state) },
    timings: timingsOf(state, at),
  };
}

function* looksOf(state: RunState) {
  for (const id of state.order)
    for (const step of state.agents.get(id)?.steps ?? []) if (step.kind === 'cell') yield* step.end?.looks ?? [];
}

function usageByModel(state: RunState) {
  const byModel = new Map<string, ReturnType<typeof spent>>();
  for (const id of state.order) {
    const agent = state.agents.get(id);
    if (agent === undefined || agent.calls === 0) continue;
    byModel.set(agent.model, plus(byModel.get(agent.model), spent(agent)));
  }
  return [...byModel].map(([model, sum]) => ({ model, ...sum }));
}

type Agent = NonNullable<ReturnType<RunState['agents']['get']>>;

const spent = ({ calls, promptTokens, completionTokens, cachedTokens, costUsd }: Agent) => {
  return { modelCalls: calls, promptTokens, completionTokens, cachedTokens, costUsd };
};

function plus(a: ReturnType<typeof spent> | undefined, b: ReturnType<typeof spent>): ReturnType<typeof spent> {
  if (a === undefined) return b;
  return {
    modelCalls: a.modelCalls + b.modelCalls,
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
  };
}

function timingsOf(state: RunState, at: number): Timings {
  let modelMs = 0;
  let cellMs = 0;
  for (const id of state.order)
    for (const step of state.agents.get(id)?.steps ?? []) {
      if (step.kind === 'turn') modelMs += step.ms;
      else if (step.kind === 'cell') cellMs += step.end?.ms ?? 0;
    }
  const totalMs = state.startedAt === 0 ? 0 : at - state.startedAt;
  return { snapshotMs: state.snapshot?.ms ?? 0, replReadyMs: 0, modelMs, cellMs, totalMs };
}
