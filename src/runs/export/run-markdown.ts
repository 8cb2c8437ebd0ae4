import type { Hash } from '../../citations/anchor.ts';
import { inertMarkdown } from '../../citations/inert-markdown.ts';
import { writeAnswer } from '../../citations/saved-answer.ts';
import type { RunState } from '../run-state.ts';

/** A run's answer with snippets and provenance, as `ask --save` writes it; of a run without an end, what there is. */
export function runMarkdown({ question, models, answer, end }: RunState, hash: Hash): string {
  if (end !== undefined) return writeAnswer({ question, about: [], models, end, at: end.at }, hash);
  const title = question.replace(/\s+/g, ' ').trim();
  return `# ${inertMarkdown(title)}\n\n${inertMarkdown(answer) || 'No answer yet.'}\n\n> The run has not ended.\n`;
}
