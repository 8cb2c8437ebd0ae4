import { amount, field } from '../json.ts';
import type { Usage } from '../model.ts';

/** `undefined` when the provider did not count, or says that a call took nothing at all (some local servers do). */
export function readUsage(usage: unknown): Usage | undefined {
  const promptTokens = amount(field(usage, 'prompt_tokens'));
  const said = amount(field(usage, 'completion_tokens'));
  if (promptTokens === undefined || said === undefined) return undefined;
  const reasoningTokens = amount(field(usage, 'completion_tokens_details', 'reasoning_tokens'));
  const completionTokens = said + uncounted(usage, promptTokens + said, reasoningTokens ?? 0);
  if (promptTokens + completionTokens === 0) return undefined;
  const costUsd = amount(field(usage, 'cost'));
  const cacheWriteTokens = amount(field(usage, 'prompt_tokens_details', 'cache_write_tokens'));
  return {
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(promptTokens, cachedTokens(usage) ?? 0),
    ...(cacheWriteTokens !== undefined && { cacheWriteTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
    ...(costUsd !== undefined && { costUsd }),
    estimated: false,
  };
}

/** OpenAI counts hidden reasoning as completion; xAI beside it, which only the total shows: https://docs.x.ai/docs/guides/reasoning */
function uncounted(usage: unknown, counted: number, reasoning: number): number {
  return amount(field(usage, 'total_tokens')) === counted + reasoning ? reasoning : 0;
}

/** OpenAI's place for it, then DeepSeek's, then Moonshot's. */
function cachedTokens(usage: unknown): number | undefined {
  return (
    amount(field(usage, 'prompt_tokens_details', 'cached_tokens')) ??
    amount(field(usage, 'prompt_cache_hit_tokens')) ??
    amount(field(usage, 'cached_tokens'))
  );
}
