import { useEffect, useState } from 'preact/hooks';
import { connectHost, type Host } from './host.ts';
import { emptyView, reduceView, type ViewState } from './view-state.ts';

export interface View {
  readonly host: Host;
  readonly state: ViewState;
  readonly trouble: string;
  /** Sends a request; a refusal is shown in the view. */
  readonly send: Host['send'];
  readonly dismiss: () => void;
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
  return { host, state: latest, trouble, send, dismiss: () => setTrouble('') };
}

/** Milliseconds since the epoch, ticking once a second while something goes on. */
export function useNow(ticking: boolean, atLeast = 0): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [ticking]);
  return Math.max(now, atLeast);
}

/** For handlers: the refusal is already shown. */
export const ignore = (work: Promise<unknown>): void => void work.catch(() => undefined);
