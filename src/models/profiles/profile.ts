/** Kinds of models that want to be told how to work in their own way. */
export type ProfileId =
  | 'frontier' // strong at code and instructions: short rules
  | 'weak' // small or local coders: one worked example, stricter turns
  | 'frugal' // flood sub-calls when not told: batch more, call less
  | 'rlm'; // trained as RLMs, on the paper's prompt: RLM-Qwen3-8B

export const profileIds: readonly ProfileId[] = ['frontier', 'weak', 'frugal', 'rlm'];
