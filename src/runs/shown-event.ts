import type { RunEvent } from './events.ts';

/** What was sent to models is for exports: no view shows it, and it would double what a view is given. */
export function shownEvent(event: RunEvent): RunEvent {
  if (event.type !== 'model-start' || event.request === undefined) return event;
  const { request: _, ...rest } = event;
  return rest;
}
