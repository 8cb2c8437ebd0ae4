import { dearestInput } from '../models/cost.ts';
import type { Price, Usage } from '../models/model.ts';
import type { Clock } from '../util/clock.ts';
import type { RunLimits } from './limits.ts';

/** What a call may need at the most. */
export interface CallEstimate {
  readonly promptTokens: number;
  /** Wished for; a grant may hold less. */
  readonly outputTokens: number;
  readonly price: Price | undefined;
  /** `final` calls may use what `work` has to leave: the root's last word is always affordable. */
  readonly purpose: 'work' | 'final';
}

export interface Grant {
  readonly kind: 'granted';
  readonly maxOutputTokens: number;
  /** Books what was really used instead of the reservation. `usage` is `null` when the provider never said. */
  settle(usage: Usage | null, costUsd: number | undefined): void;
}

export interface Refusal {
  readonly kind: 'refused';
  /** One sentence for the model: which limit, how much of it is used. */
  readonly reason: string;
}

/** What `budget()` shows in Python. Money in US dollars, time in seconds. */
export interface BudgetView {
  readonly calls: number;
  readonly maxCalls: number;
  readonly tokens: number;
  readonly maxTokens: number;
  readonly costUsd: number;
  readonly maxCostUsd: number;
  readonly costKnown: boolean;
  readonly seconds: number;
  readonly maxSeconds: number;
}

interface Amount {
  readonly calls: number;
  readonly tokens: number;
  readonly costUsd: number;
}

/** The smallest reply worth paying a prompt for. */
const minOutputTokens = 256;
/** Share of tokens and money kept back for the root's final turn; of the calls, one is. */
const finalShare = 0.1;

/** The budget of a whole tree of agents: reserved before a call, settled after it, so that parallel calls cannot overspend. */
export class BudgetLedger {
  readonly #limits: RunLimits;
  readonly #clock: Clock;
  readonly #startedAt: number;
  #used: Amount = { calls: 0, tokens: 0, costUsd: 0 };
  #costKnown = true;

  constructor(limits: RunLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  reserve(estimate: CallEstimate): Grant | Refusal {
    const { maxCalls, maxTokens, maxCostUsd } = this.#limits;
    const room = this.#room(estimate.purpose);
    if (room.calls < 1) return refusal(`${maxCalls} model calls is reached (one may be kept for the final answer)`);
    const affordable = this.#affordable(estimate, room);
    if (affordable.output < Math.min(minOutputTokens, estimate.outputTokens)) {
      const limit = affordable.bound === 'tokens' ? `${maxTokens} tokens` : `$${maxCostUsd}`;
      return refusal(`${limit} leaves no room for a prompt of about ${estimate.promptTokens} tokens and its reply`);
    }
    const maxOutputTokens = Math.min(estimate.outputTokens, affordable.output);
    return this.#grant(estimate, maxOutputTokens);
  }

  view(): BudgetView {
    const { maxCalls, maxTokens, maxCostUsd, maxSeconds } = this.#limits;
    const seconds = (this.#clock.now() - this.#startedAt) / 1000;
    return { ...this.#used, maxCalls, maxTokens, maxCostUsd, costKnown: this.#costKnown, seconds, maxSeconds };
  }

  /** True when another `work` call of this size would be refused. */
  isSpent(estimate: Omit<CallEstimate, 'purpose'>): boolean {
    const room = this.#room('work');
    return room.calls < 1 || this.#affordable(estimate, room).output < minOutputTokens;
  }

  /** Without a price no cost is known in advance: such calls are stopped when the costs that were told use up the money. */
  #affordable(estimate: Omit<CallEstimate, 'purpose'>, room: Amount): Affordable {
    const isOutOfMoney = estimate.price === undefined && this.#used.costUsd > 0 && room.costUsd <= 0;
    return isOutOfMoney ? { output: 0, bound: 'cost' } : affordableOutput(estimate, room);
  }

  #grant(estimate: CallEstimate, maxOutputTokens: number): Grant {
    const reserved = {
      calls: 1,
      tokens: estimate.promptTokens + maxOutputTokens,
      costUsd: worstCost(estimate, maxOutputTokens),
    };
    this.#add(reserved, 1);
    let open = true;
    const settle = (usage: Usage | null, costUsd: number | undefined) => {
      if (!open) return;
      open = false;
      this.#add(reserved, -1);
      const tokens = usage === null ? 0 : usage.promptTokens + usage.completionTokens;
      if (usage !== null && costUsd === undefined) this.#costKnown = false;
      this.#add({ calls: 1, tokens, costUsd: costUsd ?? 0 }, 1);
    };
    return { kind: 'granted', maxOutputTokens, settle };
  }

  #room(purpose: 'work' | 'final'): Amount {
    const { maxCalls, maxTokens, maxCostUsd } = this.#limits;
    const share = purpose === 'final' ? 1 : 1 - finalShare;
    const calls = purpose === 'final' || maxCalls === 1 ? maxCalls : maxCalls - 1;
    return {
      calls: calls - this.#used.calls,
      tokens: maxTokens * share - this.#used.tokens,
      costUsd: maxCostUsd * share - this.#used.costUsd,
    };
  }

  #add(amount: Amount, sign: 1 | -1): void {
    this.#used = {
      calls: this.#used.calls + sign * amount.calls,
      tokens: this.#used.tokens + sign * amount.tokens,
      costUsd: this.#used.costUsd + sign * amount.costUsd,
    };
  }
}

const refusal = (limit: string): Refusal => ({ kind: 'refused', reason: `budget: the run's limit of ${limit}` });

interface Affordable {
  readonly output: number;
  readonly bound: 'tokens' | 'cost';
}

function affordableOutput(estimate: Omit<CallEstimate, 'purpose'>, room: Amount): Affordable {
  const byTokens = Math.floor(room.tokens - estimate.promptTokens);
  const { price } = estimate;
  if (price === undefined || price.output <= 0) return { output: byTokens, bound: 'tokens' };
  const byCost = Math.floor(
    (room.costUsd - (estimate.promptTokens * dearestInput(price)) / 1e6) / (price.output / 1e6),
  );
  return byCost < byTokens ? { output: byCost, bound: 'cost' } : { output: byTokens, bound: 'tokens' };
}

function worstCost({ price, promptTokens }: CallEstimate, outputTokens: number): number {
  return price === undefined ? 0 : (promptTokens * dearestInput(price) + outputTokens * price.output) / 1e6;
}
