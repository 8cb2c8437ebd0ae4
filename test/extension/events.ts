import { defaultLimits } from '../../src/agent/limits.ts';
import type { Citation } from '../../src/citations/citation.ts';
import type { RunEvent, RunEventBody } from '../../src/runs/events.ts';

const coverage = { filesTotal: 1, filesLoaded: 1, bytesLoaded: 10, leftOut: [] };

export const cited: Citation = {
  path: 'src/a.ts',
  startLine: 2,
  endLine: 3,
  status: 'verified',
  quote: 'two\nthree',
  problem: '',
};

/** The events of a small run, numbered. Without `end` it is cut off. */
export function runEvents(runId: string, end?: { readonly citations: readonly Citation[] }): readonly RunEvent[] {
  const models = { root: 'offline', sub: 'offline' };
  const bodies: RunEventBody[] = [
    { type: 'run-start', runId, question: 'Q', models, limits: defaultLimits, version: '0' },
    { type: 'snapshot', snapshotId: 'snap', roots: ['app'], coverage, ms: 1 },
    { type: 'agent-start', role: 'root', depth: 0, model: 'offline', task: 'Q' },
    { type: 'model-start', turn: 1, promptChars: 1 },
    { type: 'model-delta', text: 'he' },
    { type: 'model-delta', text: 'llo' },
    { type: 'model-end', turn: 1, text: 'hello', usage: null, costUsd: 0, ms: 1 },
    { type: 'answer', content: 'so far' },
  ];
  if (end !== undefined) bodies.push(runEnd(end.citations));
  return bodies.map((body, seq) => stamped(body, seq));
}

export const runEnd = (citations: readonly Citation[]): Extract<RunEventBody, { type: 'run-end' }> => ({
  type: 'run-end',
  outcome: 'answered',
  answer: 'Done.',
  citations,
  coverage,
  usage: { modelCalls: 1, promptTokens: 0, completionTokens: 0, cachedTokens: 0, costUsd: 0, byModel: [] },
  timings: { snapshotMs: 1, replReadyMs: 1, modelMs: 1, cellMs: 1, totalMs: 1 },
  reason: '',
});

const ofRun = new Set(['run-start', 'snapshot', 'run-end']);

export const stamped = (body: RunEventBody, seq: number): RunEvent => ({
  ...body,
  seq,
  at: 1000 + seq,
  agentId: ofRun.has(body.type) ? 'run' : 'a0',
  parentId: null,
});
