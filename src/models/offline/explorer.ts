import type { Message } from '../model.ts';
import confirmCell from './cells/confirm.py';
import explainCell from './cells/explain.py';
import findCell from './cells/find.py';
import readCell from './cells/read.py';
import reformulateCell from './cells/reformulate.py';
import tellListCell from './cells/tell-list.py';
import type { Intent } from './intent.ts';
import { readIntent } from './intent.ts';
import { listCell } from './list-cell.ts';

interface Move {
  readonly thought: string;
  readonly code: string;
}

const confirm: Move = { thought: 'There is nothing more to find.', code: confirmCell };
const find: Move = { thought: "Rank the workspace's passages for the question.", code: findCell };

const leads: Readonly<Record<Extract<Intent, { kind: 'explain' }>['ask'], string>> = {
  where: 'It is in',
  how: 'The work is done in',
  why: 'What decides it is in',
  what: 'This is in',
};

/** The cells for a question, in order; the last one sets the answer. */
function planOf(question: string): readonly [...Move[], Move] {
  const intent = readIntent(question);
  if (intent.kind !== 'explain')
    return [
      { thought: 'The question asks for an exact list or number: compute it over all files.', code: listCell(intent) },
      { thought: 'Tell what was counted, each place with its citation.', code: tellListCell },
    ];
  return [
    find,
    { thought: 'Let sub-agents read the best passages, all at once.', code: readCell },
    { thought: 'Search again with the names that the reading brought up.', code: reformulateCell },
    {
      thought: 'Put the answer together: the best place first, then the others, each with its citation.',
      code: explainCell.replace('{LEAD}', leads[intent.ask]),
    },
  ];
}

/** The explorer's next cell. It decides from the conversation alone, so equal conversations get equal cells. */
export function nextMove(messages: readonly Message[]): string {
  const { thought, code } = chooseMove(messages);
  return `${thought}\n\`\`\`repl\n${code.trimEnd()}\n\`\`\``;
}

function chooseMove(messages: readonly Message[]): Move {
  const plan = planOf(questionIn(messages));
  const last = plan.at(-1) ?? confirm;
  const said = messages.filter(({ role }) => role === 'assistant');
  if (said.some(({ content }) => content.includes(last.thought))) return confirm;
  if (messages.at(-1)?.content.includes('This is your last turn')) return said.length === 0 ? briefly(last) : last;
  return plan[said.length] ?? confirm;
}

/** With one turn in all, everything goes into one cell. */
const briefly = ({ thought, code }: Move): Move => ({ thought, code: `${findCell}\nnotes = []\n${code}` });

/** The root is asked a question, a child is given a task. */
function questionIn(messages: readonly Message[]): string {
  const opening = messages.find(({ role }) => role === 'user')?.content ?? '';
  return /^(?:Question|Task): ([\s\S]*?)\n\nThe (?:workspace|files)/.exec(opening)?.[1] ?? opening.slice(0, 2000);
}
