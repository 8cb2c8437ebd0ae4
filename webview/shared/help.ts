import type { ModelFailureKind } from '../../src/models/model.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** What a button under a failed run does. */
export type Help = 'retry' | 'model' | 'output';

const byFailure: Readonly<Record<ModelFailureKind, readonly Help[]>> = {
  unreachable: ['retry', 'model', 'output'],
  unauthorized: ['model', 'output'],
  'unknown-model': ['model', 'output'],
  'context-length': ['model', 'output'],
  'rate-limited': ['retry', 'model', 'output'],
  server: ['retry', 'model', 'output'],
  'bad-response': ['model', 'output'],
  refused: ['model', 'output'],
  cancelled: ['retry'],
};

/** What may help with a run that did not come to its end by itself. */
export function helpFor(run: RunState): readonly Help[] {
  if (run.outcome === undefined || run.outcome === 'answered') return [];
  if (run.outcome !== 'failed') return ['retry'];
  const root = run.rootId === undefined ? undefined : run.agents.get(run.rootId);
  const turn = root?.steps.findLast((step) => step.kind === 'turn');
  return turn?.failure === undefined ? ['retry', 'output'] : byFailure[turn.failure.kind];
}
