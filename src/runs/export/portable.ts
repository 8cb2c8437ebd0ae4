import type { RunEvent } from '../events.ts';
import { createRedactor } from '../redact.ts';
import { createPlaceHider, type Places } from './places.ts';

export interface Privacy {
  readonly places: Places;
  /** Values that must not leave, such as keys. */
  readonly secrets: readonly string[];
}

const keptChars = 64;
const keptTexts = 10_000;

/** A run without what is only for its machine: live events, secrets, absolute paths. Events keep their shape. */
export function portableRun(events: Iterable<RunEvent>, { places, secrets }: Privacy): readonly RunEvent[] {
  const [redact, hide] = [createRedactor(secrets), createPlaceHider(places)];
  // Names of fields, ids and models come over and over.
  const known = new Map<string, string>();
  const clean = (text: string) => {
    if (text.length > keptChars) return hide(redact(text));
    const result = known.get(text) ?? hide(redact(text));
    if (known.size < keptTexts) known.set(text, result);
    return result;
  };
  const kept: RunEvent[] = [];
  // Strings only change their content, so an event stays what it was.
  for (const event of events) if (event.type !== 'model-delta') kept.push(mapTexts(event, clean) as RunEvent);
  return kept;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}
