/** Limits of a whole run: they belong to the tree of agents, not to one of them. */
export interface RunLimits {
  /** Model calls, the root's included. */
  readonly maxCalls: number;
  /** Prompt and completion tokens together. */
  readonly maxTokens: number;
  /** US dollars; counts only calls whose cost is known. Without a price it is known afterwards, if the provider tells it. */
  readonly maxCostUsd: number;
  /** Wall-clock seconds. */
  readonly maxSeconds: number;
  /** Depth of the deepest agent; the root's is 0. A plain `llm_query` does not deepen. */
  readonly maxDepth: number;
  /** Items of one batch. */
  readonly maxFanOut: number;
  /** Model requests in flight at once. */
  readonly maxConcurrent: number;
  /** Turns of one agent. */
  readonly maxTurns: number;
  /** Seconds of a cell's own work; six more for each gigabyte of text. */
  readonly cellSeconds: number;
  /** Characters of a cell's output that go back to the model. */
  readonly outputChars: number;
}

export const defaultLimits: RunLimits = {
  maxCalls: 500,
  maxTokens: 4_000_000,
  maxCostUsd: 2,
  maxSeconds: 600,
  maxDepth: 2,
  maxFanOut: 1000,
  maxConcurrent: 16,
  maxTurns: 20,
  cellSeconds: 30,
  outputChars: 20_000,
};

/** What a question may take. */
export type BudgetLimits = Pick<RunLimits, 'maxCalls' | 'maxTokens' | 'maxCostUsd' | 'maxSeconds' | 'maxDepth'>;

/** Limits as somebody asks for them who may only lower what a person allowed. */
export function lowerLimits<T extends BudgetLimits>(allowed: T, wanted: Partial<BudgetLimits>): T {
  const lower = (key: keyof BudgetLimits) => Math.min(allowed[key], wanted[key] ?? allowed[key]);
  return {
    ...allowed,
    maxCalls: lower('maxCalls'),
    maxTokens: lower('maxTokens'),
    maxCostUsd: lower('maxCostUsd'),
    maxSeconds: lower('maxSeconds'),
    maxDepth: lower('maxDepth'),
  };
}
