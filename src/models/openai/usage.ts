import { amount, field } from '../json.ts';
import type { ModelRequest, Usage } from '../model.ts';
import { estimateTokens } from '../tokens.ts';

/** `undefined` when the provider did not count, or says that a call took nothing at all (some local servers do). */
export function readUsage(usage: unknown): Usage | undefined {
  const promptTokens = amount(field(usage, 'prompt_tokens'));
  const completionTokens = amount(field(usage, 'completion_tokens'));
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  if (promptTokens + completionTokens === 0) return undefined;
  const costUsd = amount(field(usage, 'cost'));
  return {
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(promptTokens, cachedTokens(usage) ?? 0),
    ...(costUsd !== undefined && { costUsd }),
    estimated: false,
  };
}

/** OpenAI's place for it, then DeepSeek's, then Moonshot's. */
function cachedTokens(usage: unknown): number | undefined {
  return (
    amount(field(usage, 'prompt_tokens_details', 'cached_tokens')) ??
    amount(field(usage, 'prompt_cache_hit_tokens')) ??
    amount(field(usage, 'cached_tokens'))
  );
}

/** Reasoning is billed as output, so it belongs in `reply`. */
export function estimateUsage(request: ModelRequest, reply: string): Usage {
  return {
    promptTokens: estimateTokens(request.messages.map((message) => message.content).join('')),
    completionTokens: estimateTokens(reply),
    cachedTokens: 0,
    estimated: true,
  };
}
