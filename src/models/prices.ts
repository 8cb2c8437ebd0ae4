import type { Price } from './model.ts';

/** The day the table was last compared with the providers' lists: https://platform.openai.com/docs/pricing and https://docs.claude.com/en/docs/about-claude/pricing. */
export const pricesAsOf = '2026-06-30';

interface KnownModel extends Price {
  /** Tokens a prompt may hold: the window less the longest reply, and never more than the price above is valid for. */
  readonly context: number;
}

const model = (input: number, cachedInput: number, output: number, context: number): KnownModel => ({
  input,
  cachedInput,
  output,
  context,
});

/** Standard tier, US dollars per million tokens: input, cached input, output; then the prompt's limit in tokens. */
const known: Readonly<Record<string, KnownModel>> = {
  'gpt-5.5': model(5, 0.5, 30, 272_000),
  'gpt-5.4': model(2.5, 0.25, 15, 272_000),
  'gpt-5.4-mini': model(0.75, 0.075, 4.5, 272_000),
  'gpt-5.4-nano': model(0.2, 0.02, 1.25, 272_000),
  'gpt-5.2': model(1.75, 0.175, 14, 272_000),
  'gpt-5.1': model(1.25, 0.125, 10, 272_000),
  'gpt-5': model(1.25, 0.125, 10, 272_000),
  'gpt-5-mini': model(0.25, 0.025, 2, 272_000),
  'gpt-5-nano': model(0.05, 0.005, 0.4, 272_000),
  'gpt-4.1': model(2, 0.5, 8, 1_000_000),
  'gpt-4.1-mini': model(0.4, 0.1, 1.6, 1_000_000),
  'gpt-4.1-nano': model(0.1, 0.025, 0.4, 1_000_000),
  'gpt-4o': model(2.5, 1.25, 10, 112_000),
  'gpt-4o-mini': model(0.15, 0.075, 0.6, 112_000),
  o3: model(2, 0.5, 8, 100_000),
  'o4-mini': model(1.1, 0.275, 4.4, 100_000),
  'claude-opus-4-5': model(5, 0.5, 25, 136_000),
  'claude-sonnet-4-5': model(3, 0.3, 15, 136_000),
  'claude-haiku-4-5': model(1, 0.1, 5, 136_000),
};

/** `undefined` for a model that is not in the table. A dated snapshot (`gpt-5-2025-08-07`) costs what its alias costs. */
export function priceOf(name: string): Price | undefined {
  const entry = find(name);
  return entry && { input: entry.input, cachedInput: entry.cachedInput, output: entry.output };
}

export function contextTokensOf(name: string): number | undefined {
  return find(name)?.context;
}

/** Gateways put the vendor before the name: `openai/gpt-5-mini`. */
const vendor = /^(openai|anthropic)\//;
const snapshotDate = /-(\d{4}-\d{2}-\d{2}|20\d{6}|latest)$/;

function find(name: string): KnownModel | undefined {
  const alias = name.toLowerCase().replace(vendor, '').replace(snapshotDate, '');
  return Object.hasOwn(known, alias) ? known[alias] : undefined;
}
