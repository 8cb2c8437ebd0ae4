import type { CitationBadge, ConversationState, ViewMessage } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';

/** All that a view was told, reduced. */
export interface ViewState {
  readonly conversation: ConversationState | null;
  readonly runs: Readonly<Record<string, RunState>>;
  readonly badges: Readonly<Record<string, readonly CitationBadge[]>>;
  readonly compose: Extract<ViewMessage, { type: 'compose' }> | null;
  readonly show: { readonly runId: string; readonly agentId: string | null } | null;
}

export const emptyView: ViewState = { conversation: null, runs: {}, badges: {}, compose: null, show: null };

export function reduceView(state: ViewState, message: ViewMessage): ViewState {
  switch (message.type) {
    case 'conversation':
      return { ...state, conversation: message.state };
    case 'events': {
      const before = message.reset ? emptyRun : (state.runs[message.runId] ?? emptyRun);
      return { ...state, runs: { ...state.runs, [message.runId]: message.events.reduce(reduceRun, before) } };
    }
    case 'badges':
      return { ...state, badges: { ...state.badges, [message.runId]: message.badges } };
    case 'compose':
      return { ...state, compose: message };
    case 'show':
      return { ...state, show: { runId: message.runId, agentId: message.agentId } };
  }
}
