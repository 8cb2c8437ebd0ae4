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

/** Of two attempts at one call. When a cost was told of only one of them, the other's is added as far as its price is known. */
export function bothUsages(a: Usage, b: Usage, price: Price | undefined): Usage {
  const sum = (x = 0, y = 0): number => x + y;
  const told = (key: 'costUsd' | 'cacheWriteTokens' | 'reasoningTokens') => (a[key] ?? b[key]) !== undefined;
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    ...(told('cacheWriteTokens') && { cacheWriteTokens: sum(a.cacheWriteTokens, b.cacheWriteTokens) }),
    ...(told('reasoningTokens') && { reasoningTokens: sum(a.reasoningTokens, b.reasoningTokens) }),
    ...(told('costUsd') && { costUsd: sum(costOf(a, price), costOf(b, price)) }),
    estimated: a.estimated || b.estimated,
  };
}

/** The most that a token of a prompt may cost, in US dollars per million. */
export const dearestInput = ({ input, cacheWrite = 0 }: Price): number => Math.max(input, cacheWrite);
