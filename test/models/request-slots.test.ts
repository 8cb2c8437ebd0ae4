import { expect, it } from 'vitest';
import { Semaphore } from '../../src/util/semaphore.ts';
import { ask, modelOf, serve } from './openai-harness.ts';

const never = new AbortController().signal;

it('lets no more than so many requests out at once', async () => {
  const server = await serve(() => ({ text: 'ok', latencyMs: 30 }));
  const { model } = modelOf(server);
  const slots = new Semaphore(3);
  const replies = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const leave = await slots.acquire(never);
      return ask(model).finally(leave);
    }),
  );
  expect(replies.map((reply) => reply.text)).toEqual(Array(12).fill('ok'));
  expect(server.stats).toMatchObject({ calls: 12, maxInFlight: 3 });
});

it('serves first come, first served, and lets a waiter leave the queue', async () => {
  const slots = new Semaphore(1);
  const leave = await slots.acquire(never);
  const served: string[] = [];
  const impatient = new AbortController();
  const wait = (name: string, signal = never) =>
    slots.acquire(signal).then((done) => {
      served.push(name);
      done();
    });
  const waits = [wait('first'), wait('second', impatient.signal), wait('third')];
  const left = expect(waits[1]).rejects.toThrow('no patience');
  impatient.abort(new Error('no patience'));
  await left;
  leave();
  leave();
  await Promise.all([waits[0], waits[2]]);
  expect(served).toEqual(['first', 'third']);
});

it('gives nothing to one who has already left', async () => {
  const slots = new Semaphore(1);
  await expect(slots.acquire(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  const leave = await slots.acquire(never);
  leave();
});
