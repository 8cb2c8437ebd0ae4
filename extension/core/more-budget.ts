import type { RunLimits } from '../../src/agent/limits.ts';

type Budget = Pick<RunLimits, 'maxCalls' | 'maxTokens' | 'maxCostUsd' | 'maxSeconds' | 'maxTurns'>;

/** What a question that came to a limit is asked with once more. A budget of nothing stays one: it was meant. */
export const moreBudget = ({ maxCalls, maxTokens, maxCostUsd, maxSeconds, maxTurns }: RunLimits): Budget => ({
  maxCalls: maxCalls * 2,
  maxTokens: maxTokens * 2,
  maxCostUsd: maxCostUsd * 2,
  maxSeconds: maxSeconds * 2,
  maxTurns: maxTurns * 2,
});
