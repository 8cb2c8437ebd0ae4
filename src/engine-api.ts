import type { RunLimits } from './agent/limits.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { GitHistory } from './git/git-history.ts';
import type { LanguageModel } from './models/model.ts';
import type { ModelTier } from './repl/host-call.ts';
import type { ReplPool } from './repl/repl.ts';
import type { RunEvent } from './runs/events.ts';
import type { CodeSearch } from './search/code-search.ts';
import type { SymbolSource } from './symbols/symbol-source.ts';
import type { Scheduler } from './util/clock.ts';
import type { Snapshot } from './workspace/snapshot.ts';

export type RunEnd = Extract<RunEvent, { type: 'run-end' }>;

/** Everything outside that the engine reaches. */
export interface EnginePorts {
  /** Reads the workspace, or gives the picture that is still true. Rejections end a run as `failed` with their message. */
  readonly loadSnapshot: (signal: AbortSignal) => Promise<Snapshot>;
  readonly models: Readonly<Record<ModelTier, LanguageModel>>;
  readonly repls: ReplPool;
  readonly search: CodeSearch;
  /** Without it, Python's questions about definitions and references are refused. */
  readonly symbols?: SymbolSource;
  /** Without it, questions about the history are refused. */
  readonly git?: GitHistory;
  readonly clock: Scheduler;
  /** A collision-free digest of a text. */
  readonly hash: (text: string) => string;
  readonly newRunId: () => string;
  /** The product's version, for the log. */
  readonly version: string;
}

export interface AskOptions {
  /** Makes the question a follow-up of those that were asked with it before. */
  readonly conversation?: Conversation;
  /** Files and folders, as the snapshot writes their paths, to limit the question to; empty or absent: all. */
  readonly scope?: readonly string[];
  readonly limits?: Partial<RunLimits>;
  /** Called for every event, in order, as it happens; first after `ask` returned. Must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
  /** The Stop button: ends the run with outcome `cancelled`, the best answer so far in its `run-end`. */
  readonly signal?: AbortSignal;
}

/** One question under way. */
export interface Run {
  readonly runId: string;
  /** Resolves with the last event. Never rejects: a bug ends the run as `failed`. */
  readonly done: Promise<RunEnd>;
  /** Stops one agent and everything below it; its parent goes on with a refusal. Unknown or ended agents are ignored. */
  stopAgent(agentId: string): void;
}

export interface Engine {
  ask(question: string, options?: AskOptions): Run;
  /** Ends what is running and gives back interpreters. Idempotent. */
  close(): Promise<void>;
}

export type { Outcome } from './runs/events.ts';
