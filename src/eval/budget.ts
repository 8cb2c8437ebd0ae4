/** What a whole evaluation may take, results of an earlier start included. */
export interface EvalBudget {
  readonly maxCostUsd: number;
  readonly maxTokens: number;
}

/**
 * What is spent and what the items under way may still spend. An item begins only when all that it may take is left, so the
 * evaluation never overspends, and no item gets less than others.
 */
export class EvalLedger {
  readonly #budget: EvalBudget;
  readonly #perRun: EvalBudget;
  #cost: number;
  #tokens: number;
  #running = 0;

  constructor(budget: EvalBudget, perRun: EvalBudget, spent: { readonly costUsd: number; readonly tokens: number }) {
    this.#budget = budget;
    this.#perRun = perRun;
    this.#cost = spent.costUsd;
    this.#tokens = spent.tokens;
  }

  /** What one run may take. */
  get perRun(): EvalBudget {
    return {
      maxCostUsd: Math.min(this.#perRun.maxCostUsd, this.#budget.maxCostUsd),
      maxTokens: Math.min(this.#perRun.maxTokens, this.#budget.maxTokens),
    };
  }

  /** @returns whether it may begin; then `settle` has to follow. */
  begin(): boolean {
    const { maxCostUsd, maxTokens } = this.perRun;
    const after = this.#running + 1;
    const fits =
      this.#cost + after * maxCostUsd <= this.#budget.maxCostUsd + 1e-9 &&
      this.#tokens + after * maxTokens <= this.#budget.maxTokens;
    if (fits) this.#running = after;
    return fits;
  }

  settle(costUsd: number | null, tokens: number): void {
    this.#running--;
    this.#cost += costUsd ?? 0;
    this.#tokens += tokens;
  }

  get running(): number {
    return this.#running;
  }

  get spent(): { readonly costUsd: number; readonly tokens: number } {
    return { costUsd: this.#cost, tokens: this.#tokens };
  }
}
