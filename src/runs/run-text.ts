import type { Citation } from '../citations/citation.ts';
import { formatRange } from '../citations/verify.ts';
import type { CellOutput } from '../repl/repl.ts';
import type { RunEvent } from './events.ts';
import { evidenceText } from './evidence.ts';
import { fullCount, plural } from './format.ts';
import { countReasons } from './left-out.ts';
import { normaliseVolatile } from './normalise.ts';
import { describeResumed } from './resumed-text.ts';
import type { AgentState, CellStep, RunState, Step, SubCall, TurnStep } from './run-state.ts';
import { emptyRun, reduceRun } from './run-tree.ts';

/** A batch with more items than this is shown by its first and last ones. */
const shownItems = 12;

/**
 * A whole run as plain text: the tree in the order in which parents made it, cells with code and output, sub-calls,
 * refusals, nudges, answer and citations. Two runs of the same script give the same text: what depends on the clock,
 * the machine or the order in which siblings finished is left out or replaced.
 */
export function describeRun(events: Iterable<RunEvent>): string {
  let state = emptyRun;
  for (const event of events) state = reduceRun(state, event);
  const root = state.agents.get(state.rootId ?? '');
  const names = nameAgents(state);
  const lines = [
    `question: ${state.question}`,
    `models: root ${state.models.root}, sub ${state.models.sub}`,
    ...describeSnapshot(state),
    '',
    ...(root === undefined ? ['no agent started'] : describeAgent(root, state, names)),
    '',
    ...describeEnd(state),
  ];
  return `${normaliseVolatile(lines.join('\n'), locations(state))}\n`;
}

/** Roots that are absolute paths say where the test ran. */
const locations = (state: RunState) =>
  new Map(
    (state.snapshot?.roots ?? []).filter((root) => /^(?:\/|[A-Za-z]:\\)/.test(root)).map((root) => [root, '<root>']),
  );

/** `root`, `root.1`, `root.1.2`: an agent's place in the tree instead of its id. */
function nameAgents(state: RunState): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const visit = (id: string, name: string): void => {
    names.set(id, name);
    let n = 0;
    for (const child of state.agents.get(id)?.children ?? []) visit(child, `${name}.${++n}`);
  };
  if (state.rootId !== undefined) visit(state.rootId, 'root');
  return names;
}

function describeSnapshot({ snapshot }: RunState): readonly string[] {
  if (snapshot === undefined) return ['no snapshot'];
  const { filesLoaded, bytesLoaded, leftOut } = snapshot.coverage;
  const loaded = `${plural(filesLoaded, 'file')}, ${plural(bytesLoaded, 'byte')}`;
  return [`snapshot: ${loaded}, ${fullCount(leftOut.length)} left out${parenthesis(countReasons(leftOut))}`];
}

const parenthesis = (text: string): string => (text === '' ? '' : ` (${text})`);

type Names = ReadonlyMap<string, string>;

function describeAgent(agent: AgentState, state: RunState, names: Names): readonly string[] {
  const name = names.get(agent.id) ?? '?';
  const source = agent.cachedFrom === undefined ? '' : ` from ${names.get(agent.cachedFrom) ?? 'memory'}`;
  const ending = agent.outcome === undefined || agent.outcome === 'answered' ? '' : ` · ${agent.outcome}`;
  const title = agent.role === 'root' ? name : `${agent.role} ${name}`;
  const head = `${title} · ${agent.model} · ${agent.phase}${source}${agent.phase === agent.outcome ? '' : ending}`;
  if (agent.role === 'llm') return [head, ...indent(describeItem(agent))];
  const task = agent.role === 'root' ? [] : block('task', agent.task);
  const steps = agent.steps.flatMap((step, index) => describeStep(step, agent.steps[index + 1], state, names));
  const answer = agent.role === 'root' ? [] : block('answer', agent.answer);
  return [head, ...indent([...task, ...steps, ...answer])];
}

/** One plain call: its prompt and its reply, each on a line, and what went wrong on the way. */
function describeItem(agent: AgentState): readonly string[] {
  const troubles = agent.steps.flatMap((step) => {
    if (step.kind === 'nudge') return [`nudge ${step.reason}: ${short(step.text)}`];
    if (step.kind === 'refusal') return [`refused ${step.what}: ${step.reason}`];
    return step.kind === 'turn' ? describeTroubles(step) : [];
  });
  return [
    `prompt: ${short(agent.task)}`,
    ...troubles,
    ...(agent.answer === '' ? [] : [`reply: ${short(agent.answer)}`]),
  ];
}

function describeStep(step: Step, next: Step | undefined, state: RunState, names: Names): readonly string[] {
  switch (step.kind) {
    case 'turn': {
      const code = next?.kind === 'cell' ? next : undefined;
      return [`turn ${step.turn}`, ...indent(describeTroubles(step)), ...quoted(withoutCode(step.text, code))];
    }
    case 'cell':
      return describeCell(step, state, names);
    case 'resumed':
      return [`resumed: ${describeResumed(step)}`, ...block('told', step.told)];
    case 'nudge':
      return block(`nudge ${step.reason}`, step.text);
    case 'refusal':
      return [`refused ${step.what}: ${step.reason}`];
  }
}

const describeTroubles = ({ retries, failure, live }: TurnStep): readonly string[] => [
  ...retries.map((retry) => `retry ${retry.attempt}: ${retry.reason}`),
  ...(failure === undefined ? [] : [`failed (${failure.kind}): ${failure.message}`]),
  ...(live ? ['never ended'] : []),
];

/** The cell that follows shows the code. */
function withoutCode(text: string, cell: CellStep | undefined): string {
  const code = cell?.code.trim() ?? '';
  return code === '' ? text : text.replace(code, () => `<code of cell ${cell?.cell}>`);
}

function describeCell(cell: CellStep, state: RunState, names: Names): readonly string[] {
  const { end } = cell;
  const calls = [...cell.calls].flatMap((key) => describeCall(state.calls.get(key), state, names));
  const refusals = [...cell.refusals].map(({ what, reason }) => `refused ${what}: ${reason}`);
  return [
    `cell ${cell.cell} · ${end?.status ?? 'never ended'}`,
    ...indent([
      ...block('code', cell.code),
      ...calls,
      ...refusals,
      ...(end === undefined ? [] : [...describeOutput(end.output), ...block('error', end.error)]),
    ]),
  ];
}

function describeOutput({ head, tail, totalChars, totalLines, omittedChars }: CellOutput): readonly string[] {
  if (totalChars === 0) return ['no output'];
  if (omittedChars === 0) return block('output', head + tail);
  const size = `${plural(totalChars, 'character')}, ${plural(totalLines, 'line')}`;
  return [`output (${size}):`, ...quoted(head), `… ${plural(omittedChars, 'character')} left out …`, ...quoted(tail)];
}

function describeCall(call: SubCall | undefined, state: RunState, names: Names): readonly string[] {
  if (call === undefined) return [];
  const failed = call.failed > 0 ? `, ${fullCount(call.failed)} failed` : '';
  const head = `${call.op} ×${call.count}${failed}${call.ms === undefined ? ' · never ended' : ''}`;
  const children = [...call.children].flatMap((id) => state.agents.get(id) ?? []);
  const hidden = children.length - shownItems;
  if (hidden <= 1) return [head, ...indent(children.flatMap((child) => describeAgent(child, state, names)))];
  const first = children.slice(0, shownItems / 2).flatMap((child) => describeAgent(child, state, names));
  const last = children.slice(-shownItems / 2).flatMap((child) => describeAgent(child, state, names));
  const between = children.slice(shownItems / 2, -shownItems / 2);
  return [head, ...indent([...first, `… ${hidden} more: ${countPhases(between)} …`, ...last])];
}

function countPhases(agents: readonly AgentState[]): string {
  const counts = new Map<string, number>();
  for (const { phase } of agents) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([phase, n]) => `${n} ${phase}`)
    .join(', ');
}

function describeEnd(state: RunState): readonly string[] {
  const { end } = state;
  if (end === undefined) return ['the run never ended', ...block('answer so far', state.answer)];
  const unpriced = end.usage.costUsd === null ? ', cost unknown' : '';
  const counts = `${plural(end.usage.modelCalls, 'model call')} by ${plural(state.totals.agents, 'agent')}${unpriced}`;
  return [
    `outcome: ${end.outcome}${end.reason === '' ? '' : ` · ${end.reason}`}`,
    `usage: ${counts}`,
    ...(end.evidence === undefined ? [] : [`evidence: ${evidenceText(end.coverage, end.evidence)}`]),
    ...block('answer', end.answer),
    ...(end.citations.length === 0 ? ['no citations'] : ['citations:', ...end.citations.flatMap(describeCitation)]),
  ];
}

const describeCitation = (citation: Citation): readonly string[] => [
  `  ${citation.status} ${formatRange(citation)}${parenthesis(citation.problem)}`,
  ...indent(quoted(citation.quote)),
];

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));

/** Nothing for an empty text; otherwise a title and the text, every line marked. */
const block = (title: string, text: string): readonly string[] =>
  text.trim() === '' ? [] : [`${title}:`, ...quoted(text)];

const quoted = (text: string): readonly string[] =>
  text === ''
    ? []
    : text
        .replace(/\n+$/, '')
        .split('\n')
        .map((line) => `  | ${line}`.trimEnd());

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 160
    ? line
    : `${line.slice(0, 120)} … ${line.slice(-30)} (${fullCount(text.length)} characters)`;
}
