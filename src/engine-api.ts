import type { RunLimits } from './agent/limits.ts';
import type { Outcome, RunEvent } from './runs/events.ts';

export type RunEnd = Extract<RunEvent, { type: 'run-end' }>;

export interface AskOptions {
  readonly limits?: Partial<RunLimits>;
  /** Called for every event, in order, as it happens. Must not throw. */
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

export type { Outcome, RunEvent };
