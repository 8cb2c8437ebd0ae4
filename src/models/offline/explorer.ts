import type { Message } from '../model.ts';
import answerCell from './cells/answer.py';
import confirmCell from './cells/confirm.py';
import findCell from './cells/find.py';
import readCell from './cells/read.py';

interface Move {
  readonly thought: string;
  readonly code: string;
}

const find: Move = { thought: "Rank the workspace's passages for the question.", code: findCell };
const read: Move = { thought: 'Let sub-agents read the best passages, all at once.', code: readCell };
const conclude: Move = { thought: 'Put the most relevant lines together, each with its citation.', code: answerCell };
const confirm: Move = { thought: 'There is nothing more to find.', code: confirmCell };

/** The explorer's next cell. It decides from the conversation alone, so equal conversations get equal cells. */
export function nextMove(messages: readonly Message[]): string {
  const { thought, code } = chooseMove(messages);
  return `${thought}\n\`\`\`repl\n${code.trimEnd()}\n\`\`\``;
}

function chooseMove(messages: readonly Message[]): Move {
  const turn = messages.filter((message) => message.role === 'assistant').length;
  const written = messages.some(
    (message) => message.role === 'assistant' && message.content.includes(conclude.thought),
  );
  if (written) return confirm;
  if (messages.at(-1)?.content.includes('This is your last turn')) return conclude;
  return [find, read][turn] ?? conclude;
}
