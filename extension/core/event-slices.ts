import type { RunEvent } from '../../src/runs/events.ts';

const maxEvents = 1000;
const maxChars = 200_000;

/** The end of the next batch from `from` on: at least one event, and not so much that sending it takes long. */
export function sliceEnd(events: readonly RunEvent[], from: number): number {
  let chars = 0;
  let end = from;
  while (end < events.length && end - from < maxEvents) {
    const event = events[end];
    if (event === undefined) break;
    chars += charsOf(event);
    if (chars > maxChars && end > from) break;
    end++;
  }
  return end;
}

/** About what the event takes as JSON. */
function charsOf(event: RunEvent): number {
  let chars = 150;
  for (const value of Object.values(event)) {
    if (typeof value === 'string') chars += value.length;
    else if (typeof value === 'object' && value !== null) chars += nested(value);
  }
  return chars;
}

const perItem = 120;

function nested(value: object): number {
  if (Array.isArray(value)) return value.length * perItem;
  return Object.values(value).reduce(
    (sum: number, part: unknown) =>
      sum + (typeof part === 'string' ? part.length : Array.isArray(part) ? part.length * perItem : 10),
    0,
  );
}
