import { expect, test } from 'vitest';
import { helpFor } from '../../webview/shared/help.ts';
import { citationCounts, shownCitations } from '../../webview/shared/shown-citations.ts';
import { activityOf, figuresOf, stateOf } from '../../webview/shared/status.ts';
import { emptyView, reduceView } from '../../webview/shared/view-state.ts';
import { demoEnded, demoFailed, demoRetrying, demoRunId, demoRunning } from './harness/demo-run.ts';

const played = (events: ReturnType<typeof demoEnded>) =>
  reduceView(emptyView, { type: 'events', runId: demoRunId, reset: true, events });

const runOf = (events: ReturnType<typeof demoEnded>) => {
  const run = played(events).runs[demoRunId];
  if (run === undefined) throw new Error('no run');
  return run;
};

test('events in two batches come to the same as in one, and a reset forgets what was there', () => {
  const events = demoEnded();
  const half = { type: 'events', runId: demoRunId, reset: true, events: events.slice(0, 20) } as const;
  const rest = { ...half, reset: false, events: events.slice(20) };
  const twice = reduceView(reduceView(emptyView, half), rest).runs[demoRunId];
  expect(twice?.answer).toBe(runOf(events).answer);
  expect(twice?.totals).toEqual(runOf(events).totals);
  expect(reduceView(played(events), half).runs[demoRunId]?.end).toBeUndefined();
});

test('a message of a kind that is not known changes nothing', () => {
  expect(reduceView(emptyView, { type: 'newer' } as unknown as Parameters<typeof reduceView>[1])).toBe(emptyView);
});

test('says in words that seldom change what a run does, and in others what it is at', () => {
  const running = runOf(demoRunning().events);
  expect(stateOf(undefined)).toBe('reading files');
  expect(stateOf(running)).toBe('sub-agents reading');
  expect(activityOf(running, 0, undefined)).toBe('cell 2: 4 of 12 sub-agents done');
  expect(stateOf(runOf(demoEnded()))).toBe('answered');
  expect(figuresOf(runOf(demoEnded()), 0)).toEqual(['14 agents', '16 calls', '24k tok', '$0.05', '21 s']);
});

test('marks a cost whose tokens nobody told us', () => {
  const events = demoEnded().map((event) =>
    event.type === 'model-end' && event.usage !== null
      ? { ...event, usage: { ...event.usage, estimated: true } }
      : event,
  );
  expect(figuresOf(runOf(events), 0)).toContain('≈ $0.05');
});

test('counts down to the next try', () => {
  const { events } = demoRetrying();
  const state = played(events);
  const at = events.at(-1)?.at ?? 0;
  expect(state.retries[demoRunId]).toEqual({ a0: at + 20_000 });
  const run = runOf(events);
  expect(activityOf(run, at + 2500, at + 20_000)).toBe(
    'retrying in 18 s (attempt 3): the server answers 429: too many requests',
  );
  expect(activityOf(run, at + 19_800, at + 20_000)).toMatch(/^retrying now/);
});

test('badges of the host outrank those of the answer', () => {
  const run = runOf(demoEnded());
  expect(citationCounts(shownCitations(run))).toBe('4 citations, 2 verified, 1 moved, 1 unverified');
  const badges = [{ index: 0, status: 'stale', now: null }] as const;
  expect(citationCounts(shownCitations(run, badges))).toBe('4 citations, 1 verified, 1 moved, 1 stale, 1 unverified');
  expect(citationCounts([])).toBe('No citations');
});

test('offers what may help', () => {
  expect(helpFor(runOf(demoFailed()))).toEqual(['retry', 'model', 'output']);
  expect(helpFor(runOf(demoEnded()))).toEqual([]);
  expect(helpFor(runOf(demoEnded('cancelled')))).toEqual(['retry']);
});

test('a run that is to be forgotten leaves nothing behind', () => {
  const state = reduceView(played(demoEnded()), { type: 'badges', runId: demoRunId, badges: [] });
  const { runs, retries, badges } = reduceView(state, { type: 'forget', runIds: [demoRunId] });
  expect([runs, retries, badges]).toEqual([{}, {}, {}]);
});
