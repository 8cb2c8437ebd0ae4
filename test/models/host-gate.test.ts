import { describe, expect, it } from 'vitest';
import { HostGate, type HostOutcome } from '../../src/models/wire/host-gate.ts';
import { ManualClock } from '../support/manual-clock.ts';

const never = new AbortController().signal;

function gateAt(clock = new ManualClock()) {
  const gate = new HostGate(clock);
  const enter = async () => {
    const admission = await gate.enter(never);
    return admission.kind === 'admitted' ? admission.leave : expect.fail('closed');
  };
  const pass = async (...outcomes: readonly HostOutcome[]) => {
    for (const outcome of outcomes) (await enter())(outcome);
  };
  return { gate, clock, enter, pass };
}

const times = (n: number, outcome: HostOutcome) => Array<HostOutcome>(n).fill(outcome);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the circuit breaker', () => {
  it('opens after failures in a row, and only those', async () => {
    const { gate, pass } = gateAt();
    await pass('down', 'down', 'down', 'down', 'ok', 'down', 'down', 'down', 'down', 'other');
    expect(gate.isOpen).toBe(false);
    await pass('down');
    expect(gate.isOpen).toBe(true);
  });

  it('then lets one probe out at a time, and all when one comes back', async () => {
    const { gate, clock, enter, pass } = gateAt();
    await pass(...times(5, 'down'));
    const admitted: ((outcome: HostOutcome) => void)[] = [];
    for (let i = 0; i < 100; i++) void enter().then((leave) => admitted.push(leave));
    await settled();
    expect(admitted).toHaveLength(0);
    clock.advance(500);
    await settled();
    expect(admitted).toHaveLength(1);
    admitted[0]?.('down');
    clock.advance(499);
    await settled();
    expect(admitted).toHaveLength(1);
    clock.advance(1);
    await settled();
    expect(admitted).toHaveLength(2);
    admitted[1]?.('ok');
    await settled();
    expect(gate.isOpen).toBe(false);
    expect(admitted).toHaveLength(100);
  });

  it('tells those who wait when the host stays dead, and still probes for those who come later', async () => {
    const { gate, clock, enter, pass } = gateAt();
    await pass(...times(5, 'down'));
    const ends: string[] = [];
    const probe = async () => {
      const admission = await gate.enter(never);
      ends.push(admission.kind);
      if (admission.kind === 'admitted') admission.leave('down');
      else expect(admission).toMatchObject({ failures: expect.any(Number), downMs: expect.any(Number) });
    };
    const waiting = Array.from({ length: 100 }, probe);
    for (let halves = 0; halves < 50; halves++) {
      clock.advance(500);
      await settled();
    }
    await Promise.all(waiting);
    // Two probes a second until patience ended; the others were told.
    expect(ends.filter((end) => end === 'admitted').length).toBeLessThan(45);
    expect(ends.filter((end) => end === 'closed').length).toBeGreaterThan(55);
    expect(clock.pendingTimers).toBe(0);
    clock.advance(1000);
    (await enter())('ok');
    expect(gate.isOpen).toBe(false);
  });

  it('lets a waiter leave, and leaves no timer behind for nobody', async () => {
    const { gate, pass } = gateAt();
    await pass(...times(5, 'down'));
    const stop = new AbortController();
    const waiting = expect(gate.enter(stop.signal)).rejects.toThrow('gone');
    stop.abort(new Error('gone'));
    await waiting;
    await expect(gate.enter(stop.signal)).rejects.toThrow('gone');
  });
});

describe('the adaptive limit', () => {
  it('does not mind a third of refusals', async () => {
    const { gate, pass } = gateAt();
    for (let i = 0; i < 300; i++) await pass('rate', 'ok', 'ok');
    expect(gate.limit).toBe(Number.POSITIVE_INFINITY);
  });

  it('halves what is in flight when most are refused, again and again, and grows with good answers', async () => {
    const { gate, enter, pass } = gateAt();
    const held = await Promise.all(Array.from({ length: 39 }, enter));
    await pass(...times(40, 'rate'));
    expect(gate.limit).toBe(20);
    for (const leave of held) leave('other');
    await pass(...times(40, 'rate'));
    expect(gate.limit).toBe(1);
    await pass(...times(8, 'ok'));
    expect(gate.limit).toBe(3);
    expect(gate.refusedInARow).toBe(0);
  });

  it('holds back who is over the limit', async () => {
    const { enter, pass } = gateAt();
    await pass(...times(40, 'rate'));
    const first = await enter();
    let second = false;
    const waits = enter().then((leave) => {
      second = true;
      leave('ok');
    });
    await settled();
    expect(second).toBe(false);
    first('ok');
    await waits;
    expect(second).toBe(true);
  });
});
