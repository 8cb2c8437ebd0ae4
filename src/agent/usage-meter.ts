import type { Usage } from '../models/model.ts';
import type { ModelTotals, UsageTotals } from '../runs/events.ts';

/** Adds up what a run used: every model's tokens and money, and milliseconds. */
export class UsageMeter {
  readonly #byModel = new Map<string, ModelTotals>();
  #modelMs = 0;
  #cellMs = 0;
  #replReadyMs: number | undefined;
  #prefix = { unchangedChars: 0, promptChars: 0 };

  /** @param costUsd `undefined`: the price is unknown, and so is every sum it goes into. */
  add(model: string, usage: Usage | null, costUsd: number | undefined, ms: number): void {
    const before = this.#byModel.get(model) ?? { ...nothing, model };
    this.#modelMs += ms;
    this.#byModel.set(model, {
      model,
      modelCalls: before.modelCalls + 1,
      promptTokens: before.promptTokens + (usage?.promptTokens ?? 0),
      completionTokens: before.completionTokens + (usage?.completionTokens ?? 0),
      cachedTokens: before.cachedTokens + (usage?.cachedTokens ?? 0),
      costUsd: usage === null ? before.costUsd : plus(before.costUsd, costUsd ?? null),
    });
  }

  /** A request that goes on a conversation: its characters, and how many of them are the previous request's, from the beginning. */
  addPrefix(unchangedChars: number, promptChars: number): void {
    const before = this.#prefix;
    this.#prefix = {
      unchangedChars: before.unchangedChars + unchangedChars,
      promptChars: before.promptChars + promptChars,
    };
  }

  addCell(ms: number): void {
    this.#cellMs += ms;
  }

  /** @param ms from the wish for an interpreter to having it; the first one counts. */
  replReady(ms: number): void {
    this.#replReadyMs ??= ms;
  }

  /** Sums over all agents; 0 for an interpreter that was never wanted. */
  times(): { readonly modelMs: number; readonly cellMs: number; readonly replReadyMs: number } {
    return { modelMs: this.#modelMs, cellMs: this.#cellMs, replReadyMs: this.#replReadyMs ?? 0 };
  }

  totals(): UsageTotals {
    const byModel = [...this.#byModel.values()];
    const sum = byModel.reduce(
      (total, one) => ({
        modelCalls: total.modelCalls + one.modelCalls,
        promptTokens: total.promptTokens + one.promptTokens,
        completionTokens: total.completionTokens + one.completionTokens,
        cachedTokens: total.cachedTokens + one.cachedTokens,
        costUsd: plus(total.costUsd, one.costUsd),
      }),
      nothing,
    );
    const { unchangedChars, promptChars } = this.#prefix;
    return { ...sum, byModel, ...(promptChars > 0 && { prefixShare: unchangedChars / promptChars }) };
  }
}

const nothing: Omit<ModelTotals, 'model'> = {
  modelCalls: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  costUsd: 0,
};

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
