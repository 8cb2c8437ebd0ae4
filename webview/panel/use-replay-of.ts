import { useEffect, useState } from 'preact/hooks';
import type { RunEvent } from '../../src/runs/events.ts';
import { ignore, type View } from '../shared/use-view.ts';
import { type Replay, useReplay } from './replay.ts';

interface ReplayOf {
  /** Absent while the run itself is shown. */
  readonly replay: Replay | undefined;
  readonly begin: () => void;
  readonly leave: () => void;
}

/** The replay of a run: begun by a button or by the host, over when another run is shown. */
export function useReplayOf({ state, send }: View, runId: string): ReplayOf {
  const [events, setEvents] = useState<readonly RunEvent[] | undefined>(undefined);
  const begin = () => ignore(send('eventsOf', { runId }).then((found) => setEvents(found.events)));
  useEffect(() => {
    setEvents(undefined);
    if (state.show?.replay === true && state.show.runId === runId) begin();
  }, [runId, state.show]);
  return { replay: useReplay(events), begin, leave: () => setEvents(undefined) };
}
