import type { RunEnd } from '../../src/engine-api.ts';
import type { ModelFailureKind } from '../../src/models/model.ts';
import type { RunState } from '../../src/runs/run-state.ts';

/** What a button under an error does. */
export type Help = 'set-key' | 'choose-model' | 'retry' | 'show-output' | 'open-folder';

export const helpTitles: Readonly<Record<Help, string>> = {
  'set-key': 'Set Key',
  'choose-model': 'Choose Model',
  retry: 'Retry',
  'show-output': 'Show Output',
  'open-folder': 'Open Folder',
};

/** An error whose message is one line for people, with what may help. */
export class HelpfulError extends Error {
  override readonly name = 'HelpfulError';
  readonly help: readonly Help[];

  constructor(message: string, help: readonly Help[]) {
    super(message);
    this.help = help;
  }
}

const byFailure: Readonly<Record<ModelFailureKind, readonly Help[]>> = {
  unreachable: ['retry', 'choose-model'],
  unauthorized: ['set-key', 'choose-model'],
  'unknown-model': ['choose-model'],
  'context-length': ['choose-model'],
  'rate-limited': ['retry', 'choose-model'],
  server: ['retry', 'choose-model'],
  'bad-response': ['choose-model'],
  refused: ['choose-model'],
  cancelled: [],
};

/** @returns what to offer for a run that failed; `undefined` for one that did not. */
export function helpForRun(end: RunEnd, state: RunState): readonly Help[] | undefined {
  if (end.outcome !== 'failed') return undefined;
  const root = state.rootId === undefined ? undefined : state.agents.get(state.rootId);
  const failures =
    root?.steps.flatMap((step) => (step.kind === 'turn' && step.failure ? [step.failure.kind] : [])) ?? [];
  const last = failures.at(-1);
  if (last === undefined) return ['retry', 'show-output'];
  // VS Code has the keys of its models, and asks for consent anew.
  const ofVsCode = state.models?.root.startsWith('vscode:') === true;
  const help = byFailure[last].map((one) => (one === 'set-key' && ofVsCode ? 'retry' : one));
  return [...help, 'show-output'];
}

/** The first line, short enough for a notification. */
export function oneLine(text: string, max = 300): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, max)}…`;
}
