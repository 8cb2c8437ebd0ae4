import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BoundedWaits, TimedOut } from '../../src/models/node/deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Waits for pieces that a test gives, as a body's reader does: giving up settles what is waited for. */
function start(controller = new AbortController()) {
  let piece = Promise.withResolvers<string>();
  const unblock = vi.fn(() => piece.resolve('unblocked'));
  const waits = new BoundedWaits(controller.signal, unblock);
  const wait = (ms: number) => {
    piece = Promise.withResolvers<string>();
    const waited = waits.until(piece.promise, ms);
    waited.catch(() => undefined);
    return waited;
  };
  return { controller, unblock, waits, wait, give: (text: string) => piece.resolve(text), piece: () => piece };
}

describe('waits that follow one another', () => {
  it('give what comes in time, each with its own limit', async () => {
    const { wait, give, unblock } = start();
    for (const ms of [100, 30, 30, 30]) {
      const waited = wait(ms);
      vi.advanceTimersByTime(ms - 1);
      give(`in ${ms}`);
      expect(await waited).toBe(`in ${ms}`);
    }
    expect(unblock).not.toHaveBeenCalled();
  });

  it.each([1, 2, 3])('are lost by time at wait %i', async (nth) => {
    const { wait, give, unblock } = start();
    for (let n = 1; n < nth; n++) {
      const waited = wait(30);
      vi.advanceTimersByTime(29);
      give('a piece');
      await waited;
    }
    const lost = wait(30);
    vi.advanceTimersByTime(30);
    await expect(lost).rejects.toEqual(new TimedOut(30));
    expect(unblock).toHaveBeenCalledOnce();
  });

  it('do not count the time between two of them, however long', async () => {
    const { wait, give, unblock } = start();
    const first = wait(30);
    give('first');
    await first;
    vi.advanceTimersByTime(1000);
    const second = wait(30);
    vi.advanceTimersByTime(29);
    give('second');
    expect(await second).toBe('second');
    expect(unblock).not.toHaveBeenCalled();
  });

  it('are lost when the signal aborts: in the midst of one, between two, before the first', async () => {
    const inMidst = start();
    const waited = inMidst.wait(30);
    inMidst.controller.abort(new Error('stopped'));
    await expect(waited).rejects.toThrow('stopped');

    const between = start();
    const first = between.wait(30);
    between.give('first');
    await first;
    between.controller.abort(new Error('stopped'));
    const next = between.wait(30);
    between.give('too late');
    await expect(next).rejects.toThrow('stopped');

    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const before = start(controller);
    const never = before.wait(30);
    before.give('too late');
    await expect(never).rejects.toThrow('stopped');
  });

  it('pass on why the work failed, and hear nothing more once they have ended', async () => {
    const { controller, wait, piece, waits, unblock } = start();
    const failing = wait(30);
    piece().reject(new Error('cut'));
    await expect(failing).rejects.toThrow('cut');
    waits.end();
    vi.advanceTimersByTime(1000);
    controller.abort();
    expect(unblock).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
