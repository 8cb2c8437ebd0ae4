import type { RunLimits } from '../agent/limits.ts';
import type { Citation } from '../citations/citation.ts';
import type { ReplOrigin } from '../conversation/describe-past.ts';
import type { FileChanges } from '../conversation/file-changes.ts';
import type { ReplayedCell } from '../conversation/replay.ts';
import type { Message, ModelFailure, Usage } from '../models/model.ts';
import type { AnswerState, CellOutput, CellStatus, Look } from '../repl/repl.ts';
import type { Coverage } from '../workspace/snapshot.ts';
import type { Evidence } from './evidence.ts';

export type Outcome = 'answered' | 'exhausted' | 'cancelled' | 'failed';

/** `root` and `rlm` have a REPL; `llm` is one plain call. */
export type AgentRole = 'root' | 'rlm' | 'llm';

export interface ModelTotals {
  readonly model: string;
  readonly modelCalls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  /** `null`: the price of some call is unknown. */
  readonly costUsd: number | null;
}

export interface UsageTotals extends Omit<ModelTotals, 'model'> {
  readonly byModel: readonly ModelTotals[];
  /**
   * 0 to 1: how much of the prompts that went on a conversation was exactly its previous request, so that a provider could
   * read it from its cache. Absent when no conversation had a second request.
   */
  readonly prefixShare?: number;
}

/** Milliseconds. `modelMs` and `cellMs` are sums over all agents, so in a parallel run they exceed `totalMs`. */
export interface Timings {
  readonly snapshotMs: number;
  /** From the first wish for an interpreter to the first one ready. */
  readonly replReadyMs: number;
  readonly modelMs: number;
  readonly cellMs: number;
  readonly totalMs: number;
}

export interface RequestChange {
  readonly keep: number;
  readonly add: readonly Message[];
}

export type RunEventBody =
  | {
      readonly type: 'run-start';
      readonly runId: string;
      readonly question: string;
      readonly models: { readonly root: string; readonly sub: string };
      readonly limits: RunLimits;
      readonly version: string;
      /** The conversation it belongs to, and its place in it, from 1. */
      readonly conversation?: { readonly id: string; readonly turn: number };
    }
  | {
      readonly type: 'snapshot';
      readonly snapshotId: string;
      readonly roots: readonly string[];
      readonly coverage: Coverage;
      readonly ms: number;
    }
  /** `callId` is the sub-call of the parent that made this agent; absent for the root. `cachedFrom`: answered from memory by that agent's reply. */
  | {
      readonly type: 'agent-start';
      readonly role: AgentRole;
      readonly depth: number;
      readonly model: string;
      readonly task: string;
      readonly callId?: string;
      readonly cachedFrom?: string;
    }
  /** A follow-up's root goes on: where its REPL comes from, which cells ran again for it, and what it was told of the past. */
  | {
      readonly type: 'resumed';
      readonly repl: ReplOrigin;
      readonly replayed: readonly ReplayedCell[];
      readonly changes: FileChanges;
      readonly variables: readonly string[];
      readonly told: string;
      readonly ms: number;
    }
  /**
   * `unchangedChars`: how many of them, from the beginning, are those of the conversation's previous request. `request`: what is
   * sent, as a change of that request: its first `keep` messages stay, `add` follow. Absent in logs of versions without it.
   */
  | {
      readonly type: 'model-start';
      readonly turn: number;
      readonly promptChars: number;
      readonly unchangedChars?: number;
      readonly request?: RequestChange;
    }
  /** Live only: never logged, because `model-end` carries the whole text. */
  | { readonly type: 'model-delta'; readonly text: string; readonly reasoning?: boolean }
  | { readonly type: 'model-retry'; readonly attempt: number; readonly waitMs: number; readonly reason: string }
  | {
      readonly type: 'model-end';
      readonly turn: number;
      readonly text: string;
      /** What the provider showed of the model's thinking; absent when nothing. */
      readonly reasoning?: string;
      readonly usage: Usage | null;
      readonly costUsd: number | null;
      readonly ms: number;
      /** The provider's name for the request, by which its support finds it. */
      readonly requestId?: string;
      readonly failure?: ModelFailure;
    }
  | { readonly type: 'cell-start'; readonly cell: number; readonly code: string }
  | {
      readonly type: 'cell-end';
      readonly cell: number;
      readonly status: CellStatus;
      readonly output: CellOutput;
      readonly error: string;
      readonly answer: AnswerState;
      /** Absent in logs of versions that did not keep them. */
      readonly variables?: readonly string[];
      readonly looks?: readonly Look[];
      readonly ms: number;
      readonly waitMs: number;
    }
  | { readonly type: 'call-start'; readonly callId: string; readonly op: string; readonly count: number }
  | { readonly type: 'call-end'; readonly callId: string; readonly failed: number; readonly ms: number }
  /** The host said no; `what` names the call, `reason` is what the model was told. */
  | { readonly type: 'refused'; readonly what: string; readonly reason: string }
  /** What the loop told the model apart from observations: no code found, citations to mend, last turn. */
  | {
      readonly type: 'nudge';
      readonly reason: 'no-code' | 'citations' | 'last-turn' | 'schema' | 'cut-off';
      readonly text: string;
    }
  | { readonly type: 'answer'; readonly content: string }
  | { readonly type: 'citations'; readonly citations: readonly Citation[] }
  | { readonly type: 'agent-end'; readonly outcome: Outcome; readonly answer: string; readonly ms: number }
  | {
      readonly type: 'run-end';
      readonly outcome: Outcome;
      /** Never empty when anything was found; says what happened when nothing was. */
      readonly answer: string;
      readonly citations: readonly Citation[];
      readonly coverage: Coverage;
      /** Absent in logs of versions that did not count. */
      readonly evidence?: Evidence;
      readonly usage: UsageTotals;
      readonly timings: Timings;
      /** Why the run ended as it did, for people; empty when answered. */
      readonly reason: string;
    };

export interface EventStamp {
  readonly seq: number;
  readonly at: number;
  /** `run` for events of the run itself. */
  readonly agentId: string;
  readonly parentId: string | null;
}

/** One thing that happened. `seq` counts from 0 without gaps among logged events; `at` is milliseconds since the epoch. */
export type RunEvent = RunEventBody & EventStamp;
