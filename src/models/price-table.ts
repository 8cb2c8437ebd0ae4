import type { ProviderId } from './providers/preset.ts';

/** The day the table was last compared with the providers' lists, which stand beside each block. */
export const pricesAsOf = '2026-06-30';

/** Standard tier, US dollars per million tokens. */
export interface KnownModel {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  /** Writing into the cache, where that costs more than reading fresh. */
  readonly cacheWrite?: number;
  /** Tokens a prompt may hold: the window less the longest reply, and never more than the price above is valid for. */
  readonly context: number;
  /** Tokens a reply may hold, hidden reasoning included; absent where it is more than we ever ask for. */
  readonly maxOutput?: number;
}

const model = (input: number, cachedInput: number, output: number, context: number): KnownModel => ({
  input,
  cachedInput,
  output,
  context,
});

/** Five-minute cache writes cost a quarter more than fresh input: https://docs.claude.com/en/docs/build-with-claude/prompt-caching */
const claude = (input: number, output: number, context: number): KnownModel => ({
  input,
  cachedInput: input / 10,
  output,
  cacheWrite: input * 1.25,
  context,
});

/** Strongest first within a provider. */
export const priceTable: Readonly<Partial<Record<ProviderId, Readonly<Record<string, KnownModel>>>>> = {
  // https://platform.openai.com/docs/pricing
  openai: {
    'gpt-5.5': model(5, 0.5, 30, 272_000),
    'gpt-5.4': model(2.5, 0.25, 15, 272_000),
    'gpt-5.4-mini': model(0.75, 0.075, 4.5, 272_000),
    'gpt-5.4-nano': model(0.2, 0.02, 1.25, 272_000),
    'gpt-5.2': model(1.75, 0.175, 14, 272_000),
    'gpt-5.1': model(1.25, 0.125, 10, 272_000),
    'gpt-5': model(1.25, 0.125, 10, 272_000),
    'gpt-5-mini': model(0.25, 0.025, 2, 272_000),
    'gpt-5-nano': model(0.05, 0.005, 0.4, 272_000),
    'gpt-4.1': { ...model(2, 0.5, 8, 1_000_000), maxOutput: 32_768 },
    'gpt-4.1-mini': { ...model(0.4, 0.1, 1.6, 1_000_000), maxOutput: 32_768 },
    'gpt-4.1-nano': { ...model(0.1, 0.025, 0.4, 1_000_000), maxOutput: 32_768 },
    'gpt-4o': { ...model(2.5, 1.25, 10, 112_000), maxOutput: 16_384 },
    'gpt-4o-mini': { ...model(0.15, 0.075, 0.6, 112_000), maxOutput: 16_384 },
    o3: model(2, 0.5, 8, 100_000),
    'o4-mini': model(1.1, 0.275, 4.4, 100_000),
  },
  // https://docs.claude.com/en/docs/about-claude/pricing
  anthropic: {
    'claude-opus-4-5': claude(5, 25, 136_000),
    'claude-sonnet-4-5': claude(3, 15, 136_000),
    'claude-haiku-4-5': claude(1, 5, 136_000),
  },
};
