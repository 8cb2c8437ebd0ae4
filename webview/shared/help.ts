import type { ModelFailureKind } from '../../src/models/model.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import type { Host } from './host.ts';

/** What a button under a failed run does. */
export type Help = 'retry' | 'more' | 'key' | 'model' | 'output';

const requests = { key: 'setKey', model: 'chooseModel', output: 'showOutput', retry: 'retry', more: 'goOn' } as const;

/** What a view asks the host for when such a button is pressed. */
export function askForHelp(send: Host['send'], runId: string, help: Help): Promise<unknown> {
  const name = requests[help];
  return name === 'retry' || name === 'goOn' ? send(name, { runId }) : send(name, {});
}

const byFailure: Readonly<Record<ModelFailureKind, readonly Help[]>> = {
  unreachable: ['retry', 'model', 'output'],
  unauthorized: ['key', 'model', 'output'],
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
  if (run.outcome === 'exhausted') return ['more', 'retry'];
  if (run.outcome !== 'failed') return ['retry'];
  const root = run.rootId === undefined ? undefined : run.agents.get(run.rootId);
  const turn = root?.steps.findLast((step) => step.kind === 'turn');
  if (turn?.failure === undefined) return ['retry', 'output'];
  // VS Code has the keys of its models, and asks for consent anew.
  const ofVsCode = run.models?.root.startsWith('vscode:') === true;
  return byFailure[turn.failure.kind].map((help) => (help === 'key' && ofVsCode ? 'retry' : help));
}
