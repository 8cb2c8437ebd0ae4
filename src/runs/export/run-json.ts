import type { RunEvent } from '../events.ts';
import type { RunState } from '../run-state.ts';

/** Name of the format, by which a reader knows it. */
export const runJsonFormat = 'ask-codebase-run';

/** A run as one JSON object: what it came to, and the events that it can be shown again from. */
export function runJson(events: readonly RunEvent[], run: RunState): string {
  const { question, models, startedAt, end } = run;
  const document = {
    ...{ format: runJsonFormat, version: 1, question, models, startedAt: new Date(startedAt).toISOString() },
    outcome: end?.outcome ?? null,
    reason: end?.reason ?? '',
    answer: run.answer,
    citations: run.citations,
    coverage: run.snapshot?.coverage ?? null,
    evidence: end?.evidence ?? null,
    usage: end?.usage ?? null,
    timings: end?.timings ?? null,
    events,
  };
  return `${JSON.stringify(document, null, 1)}\n`;
}
