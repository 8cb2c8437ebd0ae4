import type { RunLimits } from '../agent/limits.ts';
import type { Citation } from '../citations/citation.ts';
import type { ModelFailure, Usage } from '../models/model.ts';
import type { CellOutput, CellStatus, Look } from '../repl/repl.ts';
import type { Coverage } from '../workspace/snapshot.ts';
import type { AgentRole, Outcome, RunEvent } from './events.ts';
import type { AppendList, PersistentMap } from './persistent.ts';

export type AgentPhase =
  | 'queued' // made, but nothing of it has begun
  | 'running'
  | 'waiting' // for its sub-agents
  | 'done' // answered, or the best it had when its budget ended (`outcome` tells)
  | 'failed'
  | 'cancelled'
  | 'cached'; // answered from memory by an equal earlier call

export interface Spending {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  /** `null`: the price of some call is unknown. */
  readonly costUsd: number | null;
  /** The tokens of some call were counted by us, because its provider does not say. */
  readonly estimated: boolean;
}

interface Retry {
  readonly attempt: number;
  readonly waitMs: number;
  readonly reason: string;
}

interface Refusal {
  readonly what: string;
  readonly reason: string;
}

/** One model call. While it is `live`, `text` is what has streamed so far. */
export interface TurnStep {
  readonly kind: 'turn';
  readonly turn: number;
  readonly live: boolean;
  readonly startedAt: number;
  readonly promptChars: number;
  readonly text: string;
  readonly reasoning: string;
  readonly retries: readonly Retry[];
  readonly usage: Usage | null;
  readonly costUsd: number | null;
  readonly ms: number;
  readonly failure?: ModelFailure;
}

interface CellEnd {
  readonly status: CellStatus;
  readonly output: CellOutput;
  readonly error: string;
  readonly looks: readonly Look[];
  readonly ms: number;
  readonly waitMs: number;
}

/** `calls` are keys of `RunState.calls`, in order. Without `end` the cell is running. */
export interface CellStep {
  readonly kind: 'cell';
  readonly cell: number;
  readonly startedAt: number;
  readonly code: string;
  readonly calls: AppendList<string>;
  readonly refusals: AppendList<Refusal>;
  readonly end?: CellEnd;
}

interface NudgeStep {
  readonly kind: 'nudge';
  readonly reason: Extract<RunEvent, { type: 'nudge' }>['reason'];
  readonly text: string;
}

/** A follow-up goes on from the questions before. */
export type ResumedStep = { readonly kind: 'resumed' } & Pick<
  Extract<RunEvent, { type: 'resumed' }>,
  'repl' | 'replayed' | 'changes' | 'told' | 'ms'
>;

/** A refusal outside of any cell. */
interface RefusalStep extends Refusal {
  readonly kind: 'refusal';
}

export type Step = TurnStep | CellStep | ResumedStep | NudgeStep | RefusalStep;

/** One host call of a cell and the agents it made. The counts are kept so that a fold of 10,000 needs no walk. */
export interface SubCall {
  readonly key: string;
  readonly agentId: string;
  readonly op: string;
  readonly count: number;
  readonly startedAt: number;
  readonly children: AppendList<string>;
  readonly ended: number;
  readonly failed: number;
  readonly cached: number;
  /** Absent while it runs. */
  readonly ms?: number;
}

export interface AgentState extends Spending {
  readonly id: string;
  readonly role: AgentRole;
  readonly depth: number;
  readonly parentId: string | null;
  /** Key of the sub-call that made it; absent for the root. */
  readonly callKey?: string;
  readonly cachedFrom?: string;
  readonly model: string;
  readonly task: string;
  readonly phase: AgentPhase;
  readonly outcome?: Outcome;
  readonly startedAt: number;
  /** 0 until it has ended. */
  readonly ms: number;
  readonly children: AppendList<string>;
  /** In the order in which they began; short (bounded by the agent's turns), so it is copied on change. */
  readonly steps: readonly Step[];
  readonly refusals: number;
  readonly answer: string;
}

interface SnapshotState {
  readonly snapshotId: string;
  readonly roots: readonly string[];
  readonly coverage: Coverage;
  readonly ms: number;
}

export interface RunTotals extends Spending {
  readonly agents: number;
  /** Agents that have not ended. */
  readonly active: number;
}

/** A run as far as it has come. Immutable; versions share what did not change. */
export interface RunState {
  readonly runId: string;
  readonly question: string;
  readonly version: string;
  readonly models: { readonly root: string; readonly sub: string };
  readonly limits?: RunLimits;
  readonly startedAt: number;
  /** Time of the newest event. */
  readonly at: number;
  /** What the next event's `seq` will be. */
  readonly nextSeq: number;
  readonly snapshot?: SnapshotState;
  readonly rootId?: string;
  readonly agents: PersistentMap<AgentState>;
  /** All agents in the order in which they started. */
  readonly order: AppendList<string>;
  readonly calls: PersistentMap<SubCall>;
  readonly totals: RunTotals;
  /** The root's best answer so far; the run's when it has ended. */
  readonly answer: string;
  readonly citations: readonly Citation[];
  readonly outcome?: Outcome;
  readonly end?: Extract<RunEvent, { type: 'run-end' }>;
}
