import { fenceAround } from '../../src/citations/inert-markdown.ts';
import type { Attachment } from '../../src/protocol/messages.ts';

export interface EarlierTurn {
  readonly question: string;
  readonly answer: string;
}

const keptTurns = 3;
const keptChars = 2000;

/** The question as the engine gets it: what it refers to stands below it, with path and lines. */
export function questionText(
  question: string,
  attachments: readonly Attachment[],
  earlier: readonly EarlierTurn[] = [],
): string {
  const parts = [question.trim(), ...attachments.map(attached)];
  const kept = earlier.slice(-keptTurns);
  if (kept.length > 0) parts.push(`Earlier in this conversation:\n\n${kept.map(turnText).join('\n\n')}`);
  return parts.join('\n\n');
}

const attached = ({ path, startLine, endLine, text }: Attachment): string => {
  const fence = fenceAround(text);
  return `The question is about ${path}:${startLine}-${endLine}:\n${fence}\n${text}\n${fence}`;
};

const turnText = ({ question, answer }: EarlierTurn): string => `Q: ${cut(question)}\nA: ${cut(answer)}`;
const cut = (text: string): string => (text.length <= keptChars ? text : `${text.slice(0, keptChars)} …`);
