import type { Citation } from '../citations/citation.ts';
import type { Outcome, RunEnd } from '../engine-api.ts';
import type { Timings, UsageTotals } from '../runs/events.ts';
import type { Evidence } from '../runs/evidence.ts';
import type { RunState } from '../runs/run-state.ts';
import type { Coverage } from '../workspace/snapshot.ts';

interface JsonAgent {
  readonly agentId: string;
  readonly parentId: string | null;
  readonly depth: number;
  readonly model: string;
  readonly calls: number;
  readonly ms: number;
}

/** The one object that `--json` prints. */
export interface JsonReport {
  readonly outcome: Outcome;
  /** Why it is not `answered`; empty when it is. */
  readonly reason: string;
  readonly answer: string;
  readonly citations: readonly Omit<Citation, 'problem'>[];
  readonly coverage: Coverage;
  /** What was looked at, counted from the log; `null` when nothing ran. */
  readonly evidence: Evidence | null;
  readonly usage: Omit<UsageTotals, 'cachedTokens'> & { readonly cachedTokens?: number };
  /** In the order in which they started. */
  readonly agents: readonly JsonAgent[];
  readonly timings: Timings;
  readonly models: { readonly root: string; readonly sub: string };
  /** Absolute path; `null` when there is none. */
  readonly log: string | null;
}

export function jsonReport(end: RunEnd, state: RunState, log: string | undefined): JsonReport {
  const { modelCalls, promptTokens, completionTokens, costUsd, byModel, prefixShare, cachedTokens } = end.usage;
  return {
    outcome: end.outcome,
    reason: end.reason,
    answer: end.answer,
    citations: end.citations.map(({ path, startLine, endLine, status, quote }) => {
      return { path, startLine, endLine, status, quote };
    }),
    coverage: end.coverage,
    evidence: end.evidence ?? null,
    usage: {
      ...{ modelCalls, promptTokens, completionTokens, costUsd, byModel },
      // Both belong together: what could have come from a cache, and what did.
      ...(prefixShare !== undefined && { prefixShare, cachedTokens }),
    },
    agents: [...state.order].flatMap((id) => jsonAgent(id, state)),
    timings: end.timings,
    models: state.models,
    log: log ?? null,
  };
}

function jsonAgent(id: string, { agents, at }: RunState): readonly JsonAgent[] {
  const agent = agents.get(id);
  if (agent === undefined) return [];
  const { parentId, depth, model, calls, outcome } = agent;
  const ms = outcome === undefined ? at - agent.startedAt : agent.ms;
  return [{ agentId: id, parentId, depth, model, calls, ms }];
}

const noCoverage: Coverage = { filesTotal: 0, filesLoaded: 0, bytesLoaded: 0, leftOut: [] };

/** The same object for what went wrong before there was a run. */
export function jsonFailure(outcome: Outcome, reason: string, models: JsonReport['models']): JsonReport {
  return {
    outcome,
    reason,
    answer: '',
    citations: [],
    coverage: noCoverage,
    evidence: null,
    usage: { modelCalls: 0, promptTokens: 0, completionTokens: 0, costUsd: 0, byModel: [] },
    agents: [],
    timings: { snapshotMs: 0, replReadyMs: 0, modelMs: 0, cellMs: 0, totalMs: 0 },
    models,
    log: null,
  };
}
