import { describe, expect, it } from 'vitest';
import { costOf } from '../../src/models/cost.ts';
import type { Usage } from '../../src/models/model.ts';
import { contextTokensOf, priceOf, pricesAsOf } from '../../src/models/prices.ts';
import { estimateTokens } from '../../src/models/tokens.ts';

const usage = (promptTokens: number, completionTokens: number, more: Partial<Usage> = {}): Usage => ({
  promptTokens,
  completionTokens,
  cachedTokens: 0,
  estimated: false,
  ...more,
});

describe('the cost of a call', () => {
  const price = { input: 2, cachedInput: 0.5, output: 8 };

  it('is prompt and completion by the million', () => {
    // 1000 × $2 + 500 × $8, by the million.
    expect(costOf(usage(1000, 500), price)).toBeCloseTo(0.006, 12);
  });

  it('counts cached tokens once, at their own price', () => {
    // 200 × $2 + 800 × $0.50 + 500 × $8.
    expect(costOf(usage(1000, 500, { cachedTokens: 800 }), price)).toBeCloseTo(0.0048, 12);
    expect(costOf(usage(1000, 0, { cachedTokens: 5000 }), price)).toBeCloseTo(0.0005, 12);
  });

  it('is what the provider reports, even nothing', () => {
    expect(costOf(usage(1000, 500, { costUsd: 0.25 }), price)).toBe(0.25);
    expect(costOf(usage(1000, 500, { costUsd: 0 }), undefined)).toBe(0);
  });

  it('is unknown, not zero, without a price', () => {
    expect(costOf(usage(1000, 500), undefined)).toBeUndefined();
  });
});

describe('the table of prices', () => {
  it.each([
    ['gpt-5', 1.25, 0.125, 10],
    ['gpt-5-mini', 0.25, 0.025, 2],
    ['gpt-4.1', 2, 0.5, 8],
    ['gpt-4.1-nano', 0.1, 0.025, 0.4],
  ])('has %s', (name, input, cachedInput, output) => {
    expect(priceOf(name)).toEqual({ input, cachedInput, output });
  });

  it.each(['gpt-5-mini-2025-08-07', 'openai/gpt-5-mini', 'GPT-5-Mini'])('knows %s as gpt-5-mini', (name) => {
    expect(priceOf(name)).toEqual(priceOf('gpt-5-mini'));
    expect(contextTokensOf(name)).toBe(272_000);
  });

  it.each(['gpt-5-mini-tuned', 'llama3.2:3b', 'gpt', '', 'constructor', '__proto__'])('does not know %j', (name) => {
    expect(priceOf(name)).toBeUndefined();
    expect(contextTokensOf(name)).toBeUndefined();
  });

  it('is by provider: a name is worth nothing elsewhere, but for those who pass prices on', () => {
    expect(priceOf('claude-haiku-4-5', 'anthropic')).toEqual({
      input: 1,
      cachedInput: 0.1,
      output: 5,
      cacheWrite: 1.25,
    });
    expect(priceOf('gpt-5', 'azure')).toEqual(priceOf('gpt-5'));
    expect(priceOf('anthropic/claude-haiku-4-5', 'openrouter')).toEqual(priceOf('claude-haiku-4-5', 'anthropic'));
    for (const provider of ['groq', 'vllm', 'ollama', 'anthropic'] as const)
      expect(priceOf('gpt-5', provider)).toBeUndefined();
    expect(priceOf('openai/claude-haiku-4-5', 'openrouter')).toBeUndefined();
  });

  it('gives way to prices of one’s own, by spec or by name', () => {
    const mine = { input: 1, cachedInput: 1, output: 1 };
    expect(priceOf('gpt-5', 'openai', { 'openai:gpt-5': mine })).toEqual(mine);
    expect(priceOf('qwen3', 'vllm', { qwen3: mine })).toEqual(mine);
    expect(priceOf('gpt-5', 'azure', { 'openai:gpt-5': mine })).toEqual(priceOf('gpt-5'));
    expect(priceOf('constructor', 'vllm', {})).toBeUndefined();
  });

  it('is dated', () => {
    expect(new Date(pricesAsOf).toISOString().slice(0, 10)).toBe(pricesAsOf);
  });
});

describe('an estimate of tokens', () => {
  it.each([
    ['', 0],
    ['abcd', 1],
    ['abcde', 2],
    ['é'.repeat(4), 2],
    ['漢字漢字', 3],
    ['😀😀', 2],
  ])('of %j is %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
    expect(tokens).toBe(Math.ceil(new TextEncoder().encode(text).length / 4));
  });
});
