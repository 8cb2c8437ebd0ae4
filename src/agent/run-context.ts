import type { ConversationTurn } from '../conversation/turn.ts';
import type { GitHistory } from '../git/git-history.ts';
import type { LanguageModel } from '../models/model.ts';
import type { ModelTier } from '../repl/host-call.ts';
import type { ReplPool } from '../repl/repl.ts';
import type { AgentRole, Outcome, RunEventBody } from '../runs/events.ts';
import type { CodeSearch } from '../search/code-search.ts';
import type { SymbolSource } from '../symbols/symbol-source.ts';
import type { Scheduler } from '../util/clock.ts';
import type { Semaphore } from '../util/semaphore.ts';
import type { Snapshot } from '../workspace/snapshot.ts';
import type { BudgetLedger } from './budget-ledger.ts';
import type { RunLimits } from './limits.ts';
import type { SubCallMemory } from './sub-call-memory.ts';
import type { UsageMeter } from './usage-meter.ts';

/** What all agents of one run share. */
export interface RunContext {
  readonly question: string;
  /** The whole workspace: citations of any agent are checked against it. */
  readonly snapshot: Snapshot;
  readonly models: Readonly<Record<ModelTier, LanguageModel>>;
  readonly limits: RunLimits;
  readonly ledger: BudgetLedger;
  readonly meter: UsageMeter;
  readonly memory: SubCallMemory;
  readonly repls: ReplPool;
  readonly search: CodeSearch;
  readonly symbols: SymbolSource | undefined;
  readonly git: GitHistory | undefined;
  /** Places for model requests in flight. */
  readonly slots: Semaphore;
  readonly clock: Scheduler;
  /** The root's place in a conversation. */
  readonly turn: ConversationTurn | undefined;
  /** Aborts when the time left is only enough for the root's last word: sub-agents end, the root goes on. */
  readonly workSignal: AbortSignal;
  readonly emit: (agent: Pick<Agent, 'id' | 'parentId'>, event: RunEventBody) => void;
  /** A new agent's or call's id, unique in the run. */
  readonly nextId: (kind: 'agent' | 'call') => string;
  /** Makes an agent stoppable by id until the returned function is called. */
  readonly stoppable: (agentId: string, stop: () => void) => () => void;
}

/** One node of the tree. */
export interface Agent {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: AgentRole;
  readonly depth: number;
  readonly model: LanguageModel;
  readonly task: string;
  /** Ends this agent and everything below it. */
  readonly signal: AbortSignal;
}

/** The files an agent sees, and texts its parent made for it (path → text). */
export interface AgentFiles {
  readonly snapshot: Snapshot;
  readonly texts: Readonly<Record<string, string>>;
}

/**
 * Judges a finished answer, once for each agent.
 * @returns what is wrong, written for the model, or `undefined` when it may stand.
 */
export type AnswerReview = (
  answer: string,
) => { readonly reason: 'citations' | 'schema'; readonly text: string } | undefined;

/** Runs an agent that has a REPL, to its end. Whatever fails on the way is its outcome. */
export type RunAgent = (run: RunContext, agent: Agent, files: AgentFiles, review: AnswerReview) => Promise<AgentResult>;

export interface AgentResult {
  readonly outcome: Outcome;
  /** Never empty. */
  readonly answer: string;
  /** Why it did not end as `answered`; empty when it did. */
  readonly reason: string;
}

/** Why a signal was aborted. Given to `AbortController.abort`. */
export class StopReason extends Error {
  override readonly name = 'StopReason';
  readonly kind: 'cancelled' | 'stopped' | 'time';

  constructor(kind: 'cancelled' | 'stopped' | 'time', message: string) {
    super(message);
    this.kind = kind;
  }
}

export function stopReasonOf(signal: AbortSignal): StopReason {
  return signal.reason instanceof StopReason ? signal.reason : new StopReason('cancelled', 'the run was cancelled');
}
