import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RunEvent } from '../../src/runs/events.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';

/** A run that is stepped through: its events and how many of them have happened. */
export interface Replay {
  readonly events: readonly RunEvent[];
  readonly done: number;
  readonly playing: boolean;
  readonly run: RunState;
  /** Milliseconds since the run began, and of the whole run. */
  readonly time: number;
  readonly total: number;
  readonly goTo: (done: number) => void;
  readonly seek: (time: number) => void;
  readonly play: (on: boolean) => void;
}

/** A state is kept every so many events; the ones between are made again from it. */
const checkpointEvery = 64;
/** The whole of a run plays in about this time, or in its own when that is shorter. */
const playMs = 20_000;
const tickMs = 100;

/** Steps through a list of events; `undefined` without one. The states share what did not change. */
export function useReplay(events: readonly RunEvent[] | undefined): Replay | undefined {
  const [done, setDone] = useState(1);
  const [playing, play] = useState(false);
  const states = useMemo(() => checkpoints(events ?? []), [events]);
  useEffect(() => {
    setDone(1);
    play(false);
  }, [events]);
  const [startedAt, endedAt] = [events?.[0]?.at ?? 0, events?.at(-1)?.at ?? 0];
  const count = events?.length ?? 0;
  useEffect(() => {
    if (!playing || events === undefined) return undefined;
    const step = Math.max(tickMs, ((endedAt - startedAt) * tickMs) / playMs);
    const timer = setInterval(() => setDone((now) => nextAfter(events, now, step)), tickMs);
    return () => clearInterval(timer);
  }, [playing, events]);
  useEffect(() => {
    if (done >= count) play(false);
  }, [done, count]);
  if (events === undefined || count === 0) return undefined;
  return {
    ...{ events, done, playing, play, run: stateAt(events, states, done) },
    ...{ time: (events[done - 1]?.at ?? startedAt) - startedAt, total: endedAt - startedAt },
    goTo: (wanted) => setDone(Math.max(1, Math.min(count, wanted))),
    seek: (time) => setDone(Math.max(1, countUntil(events, startedAt + time))),
  };
}

function checkpoints(events: readonly RunEvent[]): readonly RunState[] {
  const states = [emptyRun];
  let state = emptyRun;
  for (const [at, event] of events.entries()) {
    state = reduceRun(state, event);
    if ((at + 1) % checkpointEvery === 0) states.push(state);
  }
  return states;
}

function stateAt(events: readonly RunEvent[], states: readonly RunState[], done: number): RunState {
  const before = Math.floor(done / checkpointEvery);
  return events.slice(before * checkpointEvery, done).reduce(reduceRun, states[before] ?? emptyRun);
}

/** How many events had happened by a time. Times never go back. */
function countUntil(events: readonly RunEvent[], at: number): number {
  const later = events.findIndex((event) => event.at > at);
  return later < 0 ? events.length : later;
}

/** At least the next event, so that a pause of minutes is not waited through. */
const nextAfter = (events: readonly RunEvent[], done: number, step: number): number =>
  Math.min(events.length, Math.max(done + 1, countUntil(events, (events[done - 1]?.at ?? 0) + step)));
