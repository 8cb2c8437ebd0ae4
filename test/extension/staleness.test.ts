import { describe, expect, it } from 'vitest';
import { BadgeBoard } from '../../extension/core/badge-board.ts';
import { badgeOf, rangeToOpen } from '../../extension/core/staleness.ts';
import { cited, runEnd, stamped } from './events.ts';

const lines = ['one', 'two', 'three', 'four'];

describe('a badge', () => {
  it('stays while the cited lines do, white space aside', () => {
    expect(badgeOf(0, cited, lines, undefined)).toEqual({ index: 0, status: 'verified', now: null });
    expect(badgeOf(0, cited, ['one', '  two', '\tthree'], undefined).status).toBe('verified');
  });

  it('turns stale and offers the new place', () => {
    const badge = badgeOf(0, cited, ['zero', ...lines], undefined);
    expect(badge).toEqual({ index: 0, status: 'stale', now: { startLine: 3, endLine: 4 } });
    expect(rangeToOpen(cited, badge)).toEqual({ startLine: 3, endLine: 4 });
  });

  it('turns stale without a place when the text or the file is gone', () => {
    expect(badgeOf(0, cited, ['one', 'TWO', 'three'], undefined)).toEqual({ index: 0, status: 'stale', now: null });
    const gone = badgeOf(0, cited, undefined, undefined);
    expect(gone).toEqual({ index: 0, status: 'stale', now: null });
    expect(rangeToOpen(cited, gone)).toEqual({ startLine: 2, endLine: 3 });
  });

  it('is moved at the place that was accepted, also inside longer lines', () => {
    const accepted = { startLine: 3, endLine: 4 };
    expect(badgeOf(0, cited, ['zero', 'one', '// two', 'three'], accepted)).toEqual({
      index: 0,
      status: 'moved',
      now: accepted,
    });
  });

  it('turns stale again when the text leaves the accepted place', () => {
    expect(badgeOf(0, cited, lines, { startLine: 3, endLine: 4 })).toMatchObject({
      status: 'stale',
      now: { startLine: 2 },
    });
  });

  it('of an unverified citation never changes', () => {
    expect(badgeOf(0, { ...cited, status: 'unverified', quote: '' }, undefined, undefined).status).toBe('unverified');
  });
});

describe('the board', () => {
  const event = stamped(runEnd([cited, cited, { ...cited, path: 'src/b.ts' }]), 1);
  if (event.type !== 'run-end') throw new Error('no end');
  const root = { name: 'app', uri: 'file:///app' };
  const entry = { runId: 'r', question: 'Q', attachments: [], log: 'l.jsonl', roots: [root], anchors: {} };
  const runs = [{ entry, end: event }];

  it('reads each cited file once and says when a badge has changed', async () => {
    const read: string[] = [];
    let now: readonly string[] = lines;
    const board = new BadgeBoard({
      uriOf: ({ root: { uri }, path }) => `${uri}/${path}`,
      lines: async (uri) => {
        read.push(uri);
        return now;
      },
    });
    expect([...board.cited(runs)]).toEqual(['file:///app/src/a.ts', 'file:///app/src/b.ts']);
    expect(await board.refresh(runs)).toBe(true);
    expect(read).toEqual(['file:///app/src/a.ts', 'file:///app/src/b.ts']);
    expect(await board.refresh(runs)).toBe(false);
    now = ['zero', ...lines];
    expect(await board.refresh(runs)).toBe(true);
    expect(board.of('r')?.map(({ status }) => status)).toEqual(['stale', 'stale', 'stale']);
  });

  it('is not set back by a slow look at what a file was before', async () => {
    const slow = Promise.withResolvers<readonly string[]>();
    const reads = [slow.promise, Promise.resolve(['gone'])];
    const board = new BadgeBoard({ uriOf: ({ path }) => path, lines: async () => reads.shift() });
    const one = [{ entry, end: { ...event, citations: [cited] } }];
    const older = board.refresh(one);
    expect(await board.refresh(one)).toBe(true);
    slow.resolve(lines);
    expect(await older).toBe(false);
    expect(board.of('r')).toEqual([{ index: 0, status: 'stale', now: null }]);
  });

  it('keeps the verdict of the run where the folder is not known', async () => {
    const board = new BadgeBoard({ uriOf: () => '', lines: async () => undefined });
    await board.refresh([{ entry: { ...entry, roots: [] }, end: event }]);
    expect(board.of('r')?.[0]).toEqual({ index: 0, status: 'verified', now: null });
  });
});
