import { describe, expect, it } from 'vitest';
import { backoffMs, retryAfterMs } from '../../src/models/wire/retry.ts';
import { ask, failureOf, modelOf, serveTurns } from './openai-harness.ts';

const busy = { status: 503, text: 'at last' };

describe('waiting between attempts', () => {
  it('doubles, with jitter, and is shown', async () => {
    const server = await serveTurns({ ...busy, times: 4 });
    const { model, waits } = modelOf(server, { random: () => 0 });
    const { text, events } = await ask(model);
    expect(text).toBe('at last');
    expect(waits).toEqual([250, 500, 1000, 2000]);
    expect(events.filter(({ kind }) => kind === 'retry')).toEqual(
      waits.map((waitMs, i) => ({ kind: 'retry', attempt: i + 2, waitMs, reason: 'server error 503' })),
    );
  });

  it.each([
    [{ 'retry-after-ms': '1234' }, 1234],
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:01:30 GMT' }, 30_000],
    [{ 'retry-after': 'soon' }, 250],
  ])('is what the server asks for: %j', async (headers, expected) => {
    const server = await serveTurns({ ...busy, headers, times: 1 });
    const { model, waits } = modelOf(server, { random: () => 0, now: () => 60_000 });
    await ask(model);
    expect(waits).toEqual([expected]);
  });

  it('is not done when the server asks for too long', async () => {
    const server = await serveTurns({ status: 429, headers: { 'retry-after': '3600' } });
    const failure = await failureOf(server);
    expect(failure).toMatchObject({ kind: 'rate-limited', message: expect.stringContaining('asked to wait 3600 s') });
    expect(server.stats.calls).toBe(1);
  });

  it('ends when the window has passed', async () => {
    let now = 0;
    const sleep = async (ms: number): Promise<void> => {
      now += ms;
    };
    const server = await serveTurns({ status: 500 });
    const retry = { maxAttempts: 100, windowMs: 10_000 };
    const { events } = await failureOf(server, { now: () => now, sleep, retry, random: () => 1 });
    // 0.5 + 1 + 2 + 4 seconds; another 8 would be too late.
    expect(events.filter((event) => event.kind === 'retry')).toHaveLength(4);
    expect(now).toBe(7500);
  });
});

it('backs off between half and all of a bounded, doubling time', () => {
  expect(backoffMs(1, undefined, () => 0)).toBe(250);
  expect(backoffMs(1, undefined, () => 1)).toBe(500);
  expect(backoffMs(30, undefined, () => 1)).toBe(20_000);
  expect(backoffMs(3, 1000, () => 1)).toBe(1100);
  expect(backoffMs(2, 0, () => 1)).toBe(1000);
});

it('reads a date in the past as no wait', () => {
  const header = (name: string) => (name === 'retry-after' ? 'Thu, 01 Jan 1970 00:00:10 GMT' : null);
  expect(retryAfterMs(header, 60_000)).toBe(0);
  expect(retryAfterMs(() => null, 0)).toBeUndefined();
});
