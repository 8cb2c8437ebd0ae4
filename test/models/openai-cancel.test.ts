import { describe, expect, it } from 'vitest';
import type { ModelEvent } from '../../src/models/model.ts';
import type { RemoteOptions } from '../../src/models/node/remote-model.ts';
import type { Turn } from '../support/script.ts';
import { hello, openAiModel, serveTurns } from './openai-harness.ts';

/** Asks, aborts once `when` says so of an event (or after 60 ms), and tells what came and how long the end took. */
async function stopped(turn: Turn, when?: (event: ModelEvent) => boolean, options: Partial<RemoteOptions> = {}) {
  const server = await serveTurns(turn);
  const stop = new AbortController();
  let abortedAt = Number.NaN;
  const abort = () => {
    abortedAt = performance.now();
    stop.abort(new Error('stop'));
  };
  if (!when) setTimeout(abort, 60);
  const events: ModelEvent[] = [];
  const model = openAiModel({ model: 'm', baseUrl: server.url, apiKey: 'key-1234', ...options });
  for await (const event of model.stream(hello, stop.signal)) {
    events.push(event);
    if (when?.(event) && !stop.signal.aborted) setTimeout(abort, 20);
  }
  return { server, events, end: events.at(-1), tookMs: performance.now() - abortedAt };
}

describe('stopping a request', () => {
  it.each([
    ['before the answer begins', { hang: true }],
    ['between headers and the first byte', { hang: 'headers' }],
    ['while the server takes its time', { latencyMs: 5000, text: 'late' }],
  ] as const)('%s', async (_, turn) => {
    const { end, tookMs } = await stopped(turn);
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    expect(tookMs).toBeLessThan(250);
  });

  it('in mid-stream keeps count of what came', async () => {
    const { server, end, tookMs } = await stopped(
      { text: 'z'.repeat(4000), chunkMs: 15 },
      (event) => event.kind === 'text',
    );
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' }, usage: { estimated: true } });
    expect(tookMs).toBeLessThan(250);
    await expect.poll(() => server.stats).toMatchObject({ aborted: 1, inFlight: 0 });
  });

  it('while the stream is silent', async () => {
    const { end, tookMs } = await stopped({ text: 'abcdef', stallAfterChars: 3 }, (event) => event.kind === 'text');
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    expect(tookMs).toBeLessThan(250);
  });

  it('while waiting to try again', async () => {
    const turn = { status: 429, headers: { 'retry-after': '60' } };
    const { server, end, tookMs } = await stopped(turn, (event) => event.kind === 'retry');
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'cancelled' } });
    expect(tookMs).toBeLessThan(250);
    expect(server.stats.calls).toBe(1);
  });

  it('before it is made sends nothing', async () => {
    const server = await serveTurns('never');
    const model = openAiModel({ model: 'm', baseUrl: server.url });
    const events: ModelEvent[] = [];
    for await (const event of model.stream(hello, AbortSignal.abort())) events.push(event);
    expect(events).toMatchObject([{ kind: 'failed', failure: { kind: 'cancelled' } }]);
    expect(server.stats.calls).toBe(0);
  });

  it('by walking away closes the connection', async () => {
    const server = await serveTurns({ text: 'z'.repeat(4000), chunkMs: 15 });
    const model = openAiModel({ model: 'm', baseUrl: server.url });
    for await (const event of model.stream(hello, new AbortController().signal)) if (event.kind === 'text') break;
    await expect.poll(() => server.stats).toMatchObject({ aborted: 1, inFlight: 0 });
  });
});
