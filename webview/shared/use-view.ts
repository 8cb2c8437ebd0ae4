import { useEffect, useState } from 'preact/hooks';
import type { RunState } from '../../src/runs/run-state.ts';
import { connectHost, type Host } from './host.ts';
import { emptyView, reduceView, type ViewState } from './view-state.ts';

export interface View {
  readonly host: Host;
  readonly state: ViewState;
  readonly trouble: string;
  /** Sends a request; a refusal is shown in the view. */
  readonly send: Host['send'];
}

let latest: ViewState = emptyView;
let redraw: () => void = () => undefined;
// Many events can come at once: one frame draws them all.
let scheduled = false;
const host = connectHost((message) => {
  latest = reduceView(latest, message);
  if (scheduled) return;
  scheduled = true;
  requestAnimationFrame(() => {
    scheduled = false;
    redraw();
  });
});

/** The host's state, drawn anew when it changes. For one component of a page. */
export function useView(): View {
  const [, setVersion] = useState(0);
  const [trouble, setTrouble] = useState('');
  redraw = () => setVersion((version) => version + 1);
  const send: Host['send'] = async (name, params) => {
    try {
      setTrouble('');
      return await host.send(name, params);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  useEffect(() => {
    send('ready', {}).catch(() => undefined);
  }, []);
  return { host, state: latest, trouble, send };
}

/** Milliseconds since the epoch, ticking once a second while the run goes on. */
export function useNow(run: RunState | undefined): number {
  const [now, setNow] = useState(Date.now());
  const running = run !== undefined && run.outcome === undefined;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return Math.max(now, run?.at ?? 0);
}

/** For handlers: the refusal is already shown. */
export const ignore = (work: Promise<unknown>): void => void work.catch(() => undefined);
