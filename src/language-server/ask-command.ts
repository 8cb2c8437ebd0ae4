import { writeAnswer } from '../citations/saved-answer.ts';
import type { RunEvent } from '../runs/events.ts';
import { progressText } from '../runs/progress-text.ts';
import type { RunState } from '../runs/run-state.ts';
import { emptyRun, reduceRun } from '../runs/run-tree.ts';
import type { Asked, ServerPorts } from './ports.ts';
import type { Progress } from './progress.ts';

/** What `ask-codebase.ask` answers. */
export interface AskResult {
  readonly outcome: string;
  readonly answer: string;
  /** The same as a file to keep. */
  readonly markdown: string;
  readonly citations: Asked['end']['citations'];
}

/** Asks, telling how far it is. Ends cancelled when the signal or the progress says so. */
export async function askWithProgress(
  question: string,
  { ask, hash }: ServerPorts,
  progress: Progress,
  signal: AbortSignal,
): Promise<AskResult> {
  if (ask === undefined) throw new Error('questions are asked in the side bar here');
  let state: RunState = emptyRun;
  let told = '';
  const onEvent = (event: RunEvent) => {
    state = reduceRun(state, event);
    const message = progressText(state);
    if (message !== told) progress.report(message);
    told = message;
  };
  try {
    const { end, models } = await ask(question, onEvent, AbortSignal.any([signal, progress.signal]));
    const markdown = writeAnswer({ question, about: [], models, end, at: end.at }, hash);
    return { outcome: end.outcome, answer: end.answer, markdown, citations: end.citations };
  } finally {
    progress.done();
  }
}
