import type { RunEvent } from './events.ts';
import { AppendList } from './persistent.ts';
import type { AgentState, CellStep, Step, TurnStep } from './run-state.ts';

export type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

type AgentEvent = EventOf<
  'resumed' | 'model-start' | 'model-delta' | 'model-retry' | 'cell-start' | 'cell-end' | 'refused' | 'nudge'
>;

/** What an event changes in its agent alone. */
export function reduceAgent(agent: AgentState, event: AgentEvent): AgentState {
  const { steps } = agent;
  switch (event.type) {
    case 'resumed': {
      const { repl, replayed, changes, told, ms } = event;
      return { ...agent, steps: [...steps, { kind: 'resumed', repl, replayed, changes, told, ms }] };
    }
    case 'model-start':
      return { ...agent, phase: 'running', steps: [...steps, newTurn(event)] };
    case 'model-delta':
      return { ...agent, steps: changeLast(steps, 'turn', (turn) => streamed(turn, event)) };
    case 'model-retry': {
      const { attempt, waitMs, reason } = event;
      const add = (turn: TurnStep) => ({ ...turn, retries: [...turn.retries, { attempt, waitMs, reason }] });
      return { ...agent, steps: changeLast(steps, 'turn', add) };
    }
    case 'cell-start':
      return { ...agent, phase: 'running', steps: [...steps, newCell(event)] };
    case 'cell-end': {
      const { status, output, error, looks = [], ms, waitMs } = event;
      const answer = event.answer.content === '' ? agent.answer : event.answer.content;
      const end = { status, output, error, looks, ms, waitMs };
      return { ...agent, answer, steps: changeLast(steps, 'cell', (cell) => ({ ...cell, end })) };
    }
    case 'refused':
      return { ...agent, refusals: agent.refusals + 1, steps: refuse(steps, event) };
    case 'nudge':
      return { ...agent, steps: [...steps, { kind: 'nudge', reason: event.reason, text: event.text }] };
    default:
      return agent;
  }
}

const newTurn = (event: EventOf<'model-start'>): TurnStep => ({
  kind: 'turn',
  turn: event.turn,
  live: true,
  startedAt: event.at,
  promptChars: event.promptChars,
  ...{ text: '', reasoning: '', retries: [], usage: null, costUsd: null, ms: 0 },
});

const newCell = (event: EventOf<'cell-start'>): CellStep => ({
  kind: 'cell',
  cell: event.cell,
  startedAt: event.at,
  code: event.code,
  calls: AppendList.empty(),
  refusals: AppendList.empty(),
});

const streamed = (turn: TurnStep, event: EventOf<'model-delta'>): TurnStep =>
  event.reasoning === true
    ? { ...turn, reasoning: turn.reasoning + event.text }
    : { ...turn, text: turn.text + event.text };

function refuse(steps: readonly Step[], { what, reason }: EventOf<'refused'>): readonly Step[] {
  const last = steps.at(-1);
  if (last?.kind !== 'cell' || last.end !== undefined) return [...steps, { kind: 'refusal', what, reason }];
  return changeLast(steps, 'cell', (cell) => ({ ...cell, refusals: cell.refusals.append({ what, reason }) }));
}

/** Changes the newest step of a kind; the list stays as it is when there is none. */
export function changeLast<K extends Step['kind']>(
  steps: readonly Step[],
  kind: K,
  change: (step: Extract<Step, { kind: K }>) => Step,
): readonly Step[] {
  const index = steps.findLastIndex((step) => step.kind === kind);
  const step = steps[index];
  return step === undefined ? steps : steps.with(index, change(step as Extract<Step, { kind: K }>));
}
