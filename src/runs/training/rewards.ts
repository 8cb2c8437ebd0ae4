import type { AgentState, RunState } from '../run-state.ts';

/** What a trainer may make a reward of. Money in US dollars; `null`: unknown. */
export interface Rewards {
  /** 1 when the agent answered, else 0. */
  readonly answered: number;
  /** 1 when the run did. */
  readonly run_answered: number;
  /** Share of the answer's citations that the code confirms, 0 to 1; `null` without an answer that cites. */
  readonly citation_precision: number | null;
  readonly citations: number;
  readonly cost_usd: number | null;
  readonly run_cost_usd: number | null;
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly seconds: number;
}

export function rewardsOf(run: RunState, agent: AgentState): Rewards {
  const confirmed = run.citations.filter(({ status }) => status !== 'unverified').length;
  const citations = run.citations.length;
  return {
    answered: agent.outcome === 'answered' ? 1 : 0,
    run_answered: run.outcome === 'answered' ? 1 : 0,
    citation_precision: citations === 0 ? null : confirmed / citations,
    citations,
    cost_usd: agent.costUsd,
    run_cost_usd: run.totals.costUsd,
    prompt_tokens: agent.promptTokens,
    completion_tokens: agent.completionTokens,
    seconds: agent.ms / 1000,
  };
}

/** The plain one: how much of what the run claims the code confirms; nothing without an answer. */
export const rewardOf = ({ run_answered, citation_precision }: Rewards): number =>
  run_answered * (citation_precision ?? 0);
