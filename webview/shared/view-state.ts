import type { CitationBadge, ConversationState, ViewMessage } from '../../src/protocol/messages.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';

/** When agents that were told to wait will ask again, in milliseconds since the epoch, by agent. */
export type RetryTimes = Readonly<Record<string, number>>;

/** All that a view was told, reduced. */
export interface ViewState {
  readonly conversation: ConversationState | null;
  readonly runs: Readonly<Record<string, RunState>>;
  readonly retries: Readonly<Record<string, RetryTimes>>;
  readonly badges: Readonly<Record<string, readonly CitationBadge[]>>;
  readonly compose: Extract<ViewMessage, { type: 'compose' }> | null;
  readonly show: Omit<Extract<ViewMessage, { type: 'show' }>, 'type'> | null;
  /** No more is told of the run that is to be shown. */
  readonly gone: boolean;
  /** Two runs that are shown side by side instead. */
  readonly compare: readonly [string, string] | null;
}

export const emptyView: ViewState = {
  ...{ conversation: null, runs: {}, retries: {}, badges: {}, compose: null, show: null },
  ...{ gone: false, compare: null },
};

export function reduceView(state: ViewState, message: ViewMessage): ViewState {
  switch (message.type) {
    case 'conversation':
      return { ...state, conversation: message.state };
    case 'events':
      return takeEvents(state, message);
    case 'forget':
      return forget(state, new Set(message.runIds));
    case 'badges':
      return { ...state, badges: { ...state.badges, [message.runId]: message.badges } };
    case 'compose':
      return { ...state, compose: message };
    case 'show':
      return { ...state, show: message, gone: false, compare: null };
    case 'compare':
      return { ...state, compare: message.runIds, show: { runId: message.runIds[1], agentId: null } };
    default:
      return state;
  }
}

function forget(state: ViewState, runIds: ReadonlySet<string>): ViewState {
  const rest = <T>(all: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(all).filter(([runId]) => !runIds.has(runId)));
  const gone = state.gone || runIds.has(state.show?.runId ?? '');
  return { ...state, runs: rest(state.runs), retries: rest(state.retries), badges: rest(state.badges), gone };
}

function takeEvents(state: ViewState, message: Extract<ViewMessage, { type: 'events' }>): ViewState {
  const { runId, reset, events } = message;
  const run = events.reduce(reduceRun, reset ? emptyRun : (state.runs[runId] ?? emptyRun));
  const retries = events.reduce(reduceRetries, (reset ? undefined : state.retries[runId]) ?? {});
  return { ...state, runs: { ...state.runs, [runId]: run }, retries: { ...state.retries, [runId]: retries } };
}

const reduceRetries = (times: RetryTimes, event: RunEvent): RetryTimes =>
  event.type === 'model-retry' ? { ...times, [event.agentId]: event.at + event.waitMs } : times;
