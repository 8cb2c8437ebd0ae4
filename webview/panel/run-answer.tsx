import type { CitationBadge } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { shownCitations } from '../shared/badge.tsx';
import { Markdown } from '../shared/markdown.tsx';

interface RunAnswerProps {
  readonly run: RunState;
  readonly badges: readonly CitationBadge[];
  readonly onOpen: (index: number) => void;
}

export const RunAnswer = ({ run, badges, onOpen }: RunAnswerProps) => (
  <section class="answer" aria-label="Answer">
    <Markdown text={run.answer || 'No answer yet.'} citations={shownCitations(run, badges)} onOpen={onOpen} />
  </section>
);
