import type { RunState } from '../../src/runs/run-state.ts';
import { Markdown } from '../shared/markdown.tsx';
import type { ShownCitation } from '../shared/shown-citations.ts';

interface RunAnswerProps {
  readonly run: RunState;
  readonly shown: readonly ShownCitation[];
  readonly onOpen: (index: number) => void;
}

export const RunAnswer = ({ run, shown, onOpen }: RunAnswerProps) => (
  <section class="answer" aria-label="Answer">
    <Markdown text={run.answer || 'No answer yet.'} citations={shown} onOpen={onOpen} />
  </section>
);
