import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BudgetLedger, type Grant } from '../../src/agent/budget-ledger.ts';
import { defaultLimits } from '../../src/agent/limits.ts';
import type { Price } from '../../src/models/model.ts';

const clock = { now: () => 0, after: () => () => {} };
const price: Price = { input: 1, cachedInput: 0.1, output: 10 };
const usage = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
  cachedTokens: 0,
  estimated: false,
});

describe('BudgetLedger', () => {
  test('one call is kept for the final answer', () => {
    const ledger = new BudgetLedger({ ...defaultLimits, maxCalls: 2 }, clock);
    const call = { promptTokens: 10, outputTokens: 100, price: undefined };
    expect(ledger.reserve({ ...call, purpose: 'work' }).kind).toBe('granted');
    expect(ledger.reserve({ ...call, purpose: 'work' })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('2 model calls'),
    });
    expect(ledger.reserve({ ...call, purpose: 'final' }).kind).toBe('granted');
    expect(ledger.reserve({ ...call, purpose: 'final' }).kind).toBe('refused');
  });

  test('a reservation holds until it is settled, then only what was used counts', () => {
    const ledger = new BudgetLedger({ ...defaultLimits, maxTokens: 2000 }, clock);
    const call = { promptTokens: 500, outputTokens: 1000, price: undefined, purpose: 'work' } as const;
    const first = ledger.reserve(call) as Grant;
    expect(ledger.reserve(call).kind).toBe('refused');
    first.settle(usage(500, 20), 0);
    first.settle(usage(500, 20), 0);
    expect(ledger.view()).toMatchObject({ calls: 1, tokens: 520 });
    expect(ledger.reserve(call).kind).toBe('granted');
  });

  test('the reply is cut to what the money allows', () => {
    const ledger = new BudgetLedger({ ...defaultLimits, maxCostUsd: 0.02 }, clock);
    const grant = ledger.reserve({ promptTokens: 1000, outputTokens: 10_000, price, purpose: 'work' });
    // 90 % of $0.02 less $0.001 for the prompt buys 1,700 tokens at $10 a million.
    expect(grant).toMatchObject({ kind: 'granted', maxOutputTokens: 1700 });
    expect(ledger.reserve({ promptTokens: 1000, outputTokens: 10_000, price, purpose: 'work' })).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('$0.02'),
    });
  });

  test('an unknown price is said, not counted as nothing', () => {
    const ledger = new BudgetLedger(defaultLimits, clock);
    (ledger.reserve({ promptTokens: 1, outputTokens: 500, price: undefined, purpose: 'work' }) as Grant).settle(
      usage(1, 1),
      undefined,
    );
    expect(ledger.view().costKnown).toBe(false);
  });

  test('what providers tell of their costs counts where no price is known', () => {
    const ledger = new BudgetLedger({ ...defaultLimits, maxCostUsd: 1 }, clock);
    const call = { promptTokens: 10, outputTokens: 500, price: undefined };
    const reserve = (purpose: 'work' | 'final') => ledger.reserve({ ...call, purpose });
    (reserve('work') as Grant).settle(usage(10, 10), 0.5);
    expect(ledger.isSpent(call)).toBe(false);
    (reserve('work') as Grant).settle(usage(10, 10), 0.45);
    expect(ledger.isSpent(call)).toBe(true);
    expect(reserve('work')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('limit of $1 ') });
    (reserve('final') as Grant).settle(usage(10, 10), 0.05);
    expect(reserve('final').kind).toBe('refused');
  });

  test('a model of which no cost is ever told is not stopped by a limit of no money', () => {
    const ledger = new BudgetLedger({ ...defaultLimits, maxCostUsd: 0 }, clock);
    const call = { promptTokens: 10, outputTokens: 500, price: undefined, purpose: 'work' } as const;
    (ledger.reserve(call) as Grant).settle(usage(10, 10), undefined);
    expect(ledger.reserve(call).kind).toBe('granted');
  });

  test('calls that stay within their grants never overspend, in any order of reserving and settling', () => {
    const step = fc.record({
      settle: fc.boolean(),
      promptTokens: fc.integer({ min: 1, max: 3000 }),
      outputTokens: fc.integer({ min: 1, max: 3000 }),
      used: fc.double({ min: 0, max: 1, noNaN: true }),
      purpose: fc.constantFrom('work' as const, 'final' as const),
    });
    const limits = { ...defaultLimits, maxCalls: 12, maxTokens: 20_000, maxCostUsd: 0.1 };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ledger = new BudgetLedger(limits, clock);
        const open: (() => void)[] = [];
        for (const { settle, promptTokens, outputTokens, used, purpose } of steps) {
          if (settle) open.shift()?.();
          else {
            const grant = ledger.reserve({ promptTokens, outputTokens, price, purpose });
            if (grant.kind === 'refused') continue;
            const output = Math.floor(grant.maxOutputTokens * used);
            open.push(() => grant.settle(usage(promptTokens, output), (promptTokens * 1 + output * 10) / 1e6));
          }
          const view = ledger.view();
          expect(view.calls).toBeLessThanOrEqual(limits.maxCalls);
          expect(view.tokens).toBeLessThanOrEqual(limits.maxTokens);
          expect(view.costUsd).toBeLessThanOrEqual(limits.maxCostUsd + 1e-9);
        }
      }),
    );
  });
});
