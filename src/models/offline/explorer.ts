import type { Message } from '../model.ts';
import confirmCell from './cells/confirm.py';
import dependenciesCell from './cells/dependencies.py';
import explainCell from './cells/explain.py';
import findCell from './cells/find.py';
import guidesCell from './cells/guides.py';
import howToCell from './cells/howto.py';
import licenceCell from './cells/licence.py';
import manifestsCell from './cells/manifests.py';
import overviewLookCell from './cells/overview-look.py';
import overviewTellCell from './cells/overview-tell.py';
import readCell from './cells/read.py';
import reformulateCell from './cells/reformulate.py';
import tellListCell from './cells/tell-list.py';
import versionCell from './cells/version.py';
import type { Intent } from './intent.ts';
import { readIntent } from './intent.ts';
import { listCell } from './list-cell.ts';
import type { HowToVerb } from './project-intent.ts';

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
  list: 'This is not counted or listed: the question names nothing that code could find every one of. Nearest by its words is',
};

type Plan = readonly [...Move[], Move];

const explainPlan = (lead: string): Plan => [
  find,
  { thought: 'Let sub-agents read the best passages, all at once.', code: readCell },
  { thought: 'Search again with the names that the reading brought up.', code: reformulateCell },
  {
    thought: 'Put the answer together: the best place first, then the others, each with its citation.',
    code: explainCell.replace('{LEAD}', lead),
  },
];

const look: Move = {
  thought: 'See what the project says of itself, and where its programs begin.',
  code: `${overviewLookCell}\n\n${guidesCell}`,
};
const overview: Move = {
  thought: 'Tell it with the layout and the commands, each with its citation.',
  code: overviewTellCell,
};
const howTo = (verb: HowToVerb): Move => ({
  thought: 'Find the commands and the parts of the documents that say how.',
  code: `VERB = "${verb}"\n${howToCell}`,
});

const licence: Move = {
  thought: 'Find the licences, and whose copyright the files name.',
  code: licenceCell,
};
const declared = (fact: 'dependencies' | 'version'): Move => ({
  thought: 'Read it in the manifests.',
  code: `${manifestsCell}\n\n${{ dependencies: dependenciesCell, version: versionCell }[fact]}`,
});

/** The cells for a question, in order; the last one sets the answer. */
function planOf(intent: Intent): Plan {
  if (intent.kind === 'explain') return explainPlan(leads[intent.ask]);
  if (intent.kind === 'overview') return [look, overview];
  if (intent.kind === 'howto') return [look, howTo(intent.verb)];
  if (intent.kind === 'licence') return [look, licence];
  if (intent.kind === 'declared') return [look, declared(intent.fact)];
  return [
    { thought: 'The question asks for an exact list or number: compute it over all files.', code: listCell(intent) },
    { thought: 'Tell what was counted, each place with its citation.', code: tellListCell },
  ];
}

/** The explorer's next cell. It decides from the conversation alone, so equal conversations get equal cells. */
export function nextMove(messages: readonly Message[]): string {
  const { thought, code } = chooseMove(messages);
  return `${thought}\n\`\`\`repl\n${code.trimEnd()}\n\`\`\``;
}

function chooseMove(messages: readonly Message[]): Move {
  const intent = readIntent(questionIn(messages));
  const isComputed = intent.kind !== 'explain';
  // What cannot be computed is looked for by its words.
  const observed = messages.filter(({ role, content }) => role === 'user' && content.startsWith('[cell '));
  const failed = isComputed ? observed.findIndex(({ content }) => /^\[cell \d+: error\]/.test(content)) : -1;
  const plan = failed < 0 ? planOf(intent) : explainPlan('count' in intent ? leads.list : leads.what);
  const last = plan.at(-1) ?? confirm;
  const said = messages.filter(({ role }) => role === 'assistant');
  if (said.some(({ content }) => content.includes(last.thought))) return confirm;
  if (messages.at(-1)?.content.includes('This is your last turn')) return said.length === 0 ? inOneCell(plan) : last;
  return plan[said.length - (failed + 1)] ?? confirm;
}

/** With one turn in all, there are no sub-agents: what was found is told as it is. */
function inOneCell(plan: Plan): Move {
  const { thought } = plan.at(-1) ?? confirm;
  const told = plan.filter(({ code }) => code !== readCell && code !== reformulateCell);
  const code = told.map((one) => (one === find ? `${one.code}\n${withoutReading}` : one.code)).join('\n');
  return { thought, code };
}

const withoutReading = `plain = {"relevance": 1, "name": "", "signature": "", "says": ""}
notes = [(path, {**plain, "start": start, "end": min(end, start + 40)}) for path, ((start, end), *_) in places.items()]
`;

/** The root is asked a question, a child is given a task. */
function questionIn(messages: readonly Message[]): string {
  const opening = messages.find(({ role }) => role === 'user')?.content ?? '';
  return /^(?:Question|Task): ([\s\S]*?)\n\nThe (?:workspace|files)/.exec(opening)?.[1] ?? opening.slice(0, 2000);
}
