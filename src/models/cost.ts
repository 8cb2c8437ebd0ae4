import type { Price, Usage } from './model.ts';

/**
 * US dollars of one call. What the provider reported wins; otherwise cached tokens are priced as cached, tokens written into
 * the cache as that, the rest of the prompt as input, and all that was produced, hidden reasoning included, as output.
 * `undefined` when neither is known: an unknown cost is never zero.
 */
export function costOf(usage: Usage, price: Price | undefined): number | undefined {
  if (usage.costUsd !== undefined) return usage.costUsd;
  if (price === undefined) return undefined;
  const cached = Math.min(usage.cachedTokens, usage.promptTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, usage.promptTokens - cached);
  const fresh = usage.promptTokens - cached - written;
  const prompt = fresh * price.input + cached * price.cachedInput + written * (price.cacheWrite ?? price.input);
  return (prompt + usage.completionTokens * price.output) / 1_000_000;
}

/** The most that a token of a prompt may cost, in US dollars per million. */
export const dearestInput = ({ input, cacheWrite = 0 }: Price): number => Math.max(input, cacheWrite);
