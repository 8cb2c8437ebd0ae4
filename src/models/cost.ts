import type { Price, Usage } from './model.ts';

/**
 * US dollars of one call. What the provider reported wins; otherwise cached tokens are priced as cached and the rest of
 * the prompt as input. `undefined` when neither is known: an unknown cost is never zero.
 */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (usage.costUsd !== undefined) return usage.costUsd;
  if (price === undefined) return undefined;
  const cached = Math.min(usage.cachedTokens, usage.promptTokens);
  const fresh = usage.promptTokens - cached;
  return (fresh * price.input + cached * price.cachedInput + usage.completionTokens * price.output) / 1_000_000;
}
