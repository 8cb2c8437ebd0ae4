import { describe, expect, it } from 'vitest';
import { sliceEnd } from '../../extension/core/event-slices.ts';
import { RunRecord } from '../../extension/core/run-record.ts';
import { ViewHub, type ViewKind } from '../../extension/core/view-hub.ts';
import type { HostFrame } from '../../src/protocol/channel.ts';
import type { CitationBadge, ConversationState, ViewMessage } from '../../src/protocol/messages.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { runEvents, stamped } from './events.ts';

const state: ConversationState = {
  conversationId: 'c',
  entries: [],
  models: { root: 'offline', sub: 'offline', local: true, sentence: '' },
  estimate: '',
  folders: [],
  readiness: { kind: 'ready' },
  starters: [],
};

function setup(runs: readonly RunRecord[]) {
  const clock = new ManualClock();
  let badges: readonly CitationBadge[] | undefined;
  const hub = new ViewHub({ conversation: () => state, runs: () => runs, badges: () => badges }, clock);
  const open = (kind: ViewKind) => {
    const got: ViewMessage[] = [];
    const post = (frame: HostFrame) => {
      if (frame.kind === 'message') got.push(frame.message);
    };
    return { got, connection: hub.attach({ kind, post }) };
  };
  const settle = () => {
    while (clock.pendingTimers > 0) clock.advance(50);
  };
  const judge = (next: readonly CitationBadge[]) => {
    badges = next;
    hub.runsChanged();
  };
  return { hub, clock, open, settle, judge };
}

const eventsOf = (got: readonly ViewMessage[]) =>
  got.flatMap((message) => (message.type === 'events' ? message.events : []));

describe('a view', () => {
  it('hears nothing until it is ready, then everything', () => {
    const run = new RunRecord('r', runEvents('r', { citations: [] }));
    const { hub, open, settle } = setup([run]);
    const { got, connection } = open('panel');
    hub.conversationChanged();
    hub.tell('panel', { type: 'show', runId: 'r', agentId: null });
    settle();
    expect(got).toEqual([]);
    connection.ready();
    settle();
    expect(got.map(({ type }) => type)).toEqual(['conversation', 'show', 'events']);
    expect(got[2]).toMatchObject({ runId: 'r', reset: true });
    // In an ended run the deltas say nothing that `model-end` does not.
    expect(eventsOf(got).map(({ type }) => type)).not.toContain('model-delta');
  });

  it('forgets a run that nobody shows any more, and is told all of it when it is shown again', () => {
    const run = new RunRecord('r', runEvents('r', { citations: [] }));
    const runs = [run];
    const { hub, open, settle } = setup(runs);
    const { got, connection } = open('sidebar');
    connection.ready();
    settle();
    runs.pop();
    hub.conversationChanged();
    expect(got.at(-1)).toEqual({ type: 'forget', runIds: ['r'] });
    runs.push(run);
    hub.conversationChanged();
    settle();
    expect(got.at(-1)).toMatchObject({ type: 'events', runId: 'r', reset: true });
  });

  it('is told everything again, and what to show, after it was hidden', () => {
    const run = new RunRecord('r', runEvents('r', { citations: [] }));
    const { hub, open, settle } = setup([run]);
    const { got, connection } = open('panel');
    connection.ready();
    hub.tell('panel', { type: 'show', runId: 'r', agentId: 'a0' });
    settle();
    const [before] = [got.splice(0)];
    connection.lost();
    hub.tell('panel', { type: 'compose', text: '', attachments: [] });
    hub.conversationChanged();
    settle();
    expect(got).toEqual([]);
    connection.ready();
    settle();
    expect(eventsOf(got)).toEqual(eventsOf(before));
    expect(got.map(({ type }) => type)).toEqual(['conversation', 'show', 'compose', 'events']);
  });

  it('begins a replay once, also when it is hidden afterwards', () => {
    const { hub, open } = setup([]);
    const { got, connection } = open('panel');
    hub.tell('panel', { type: 'show', runId: 'r', agentId: null, replay: true });
    for (let page = 0; page < 2; page++) {
      connection.ready();
      connection.lost();
    }
    hub.tell('panel', { type: 'show', runId: 'q', agentId: null, replay: true });
    connection.ready();
    const begun = got.flatMap((message) => (message.type === 'show' ? [[message.runId, message.replay]] : []));
    expect(begun).toEqual([
      ['r', true],
      ['r', false],
      ['q', true],
    ]);
  });

  it('gets live events once, in order, in at most 20 batches a second', () => {
    const run = new RunRecord('r');
    const { hub, clock, open } = setup([run]);
    const { got, connection } = open('sidebar');
    connection.ready();
    const all = runEvents('r', { citations: [] });
    for (let ms = 0, next = 0; ms < 1000; ms += 5) {
      const event = all[next++];
      if (event !== undefined) run.take(event);
      hub.runsChanged();
      clock.advance(5);
    }
    const batches = got.filter(({ type }) => type === 'events');
    expect(eventsOf(got)).toEqual(all);
    expect(batches.length).toBeLessThanOrEqual(20);
    expect(batches.map((batch) => batch.type === 'events' && batch.reset)).toEqual(
      batches.map((_, index) => index === 0),
    );
  });

  it('gets badges after the events that they belong to, and new ones', () => {
    const run = new RunRecord('r', runEvents('r', { citations: [] }));
    const { open, settle, judge } = setup([run]);
    const { got, connection } = open('sidebar');
    judge([{ index: 0, status: 'verified', now: null }]);
    connection.ready();
    settle();
    judge([{ index: 0, status: 'stale', now: null }]);
    settle();
    expect(got.map(({ type }) => type)).toEqual(['conversation', 'events', 'badges', 'badges']);
  });

  it('gets a message of another kind of view never', () => {
    const { hub, open } = setup([]);
    const { got, connection } = open('panel');
    connection.ready();
    hub.tell('sidebar', { type: 'compose', text: 'x', attachments: [] });
    expect(got.map(({ type }) => type)).toEqual(['conversation']);
  });
});

it('cuts a long run into batches, a huge event into one of its own', () => {
  const big = stamped({ type: 'cell-start', cell: 1, code: 'x'.repeat(1_000_000) }, 0);
  const small = stamped({ type: 'cell-start', cell: 2, code: 'x' }, 1);
  expect(sliceEnd([big, small], 0)).toBe(1);
  expect(sliceEnd([small, big], 0)).toBe(1);
  expect(sliceEnd(new Array(5000).fill(small), 0)).toBe(1000);
  expect(sliceEnd([], 0)).toBe(0);
});
