import { HostRefusal } from '../repl/repl.ts';
import { type Agent, type AgentResult, type RunContext, StopReason } from './run-context.ts';

/** What an agent's work came to: `value` for whoever asked, the rest for the tree. */
export interface Lived<T> {
  readonly value: T;
  readonly outcome: AgentResult['outcome'];
  readonly answer: string;
}

/** Joins a signal to a controller of the agent's own, which the Stop button of its branch aborts. */
export function stoppableSignal(parent: AbortSignal): { readonly signal: AbortSignal; readonly stop: () => void } {
  const own = new AbortController();
  const stop = () => own.abort(new StopReason('stopped', 'this agent was stopped by the user'));
  return { signal: AbortSignal.any([parent, own.signal]), stop };
}

/**
 * Frames an agent's work with its start and end events and makes it stoppable meanwhile.
 * @throws what `work` throws, after the end event.
 */
export async function liveAs<T>(
  run: RunContext,
  agent: Agent,
  { callId, stop }: { readonly callId?: string; readonly stop: () => void },
  work: () => Promise<Lived<T>>,
): Promise<T> {
  const startedAt = run.clock.now();
  const { role, depth, task } = agent;
  const end = ({ outcome, answer }: Omit<Lived<T>, 'value'>) =>
    run.emit(agent, { type: 'agent-end', outcome, answer, ms: run.clock.now() - startedAt });
  run.emit(agent, {
    type: 'agent-start',
    role,
    depth,
    model: agent.model.spec,
    task,
    ...(callId !== undefined && { callId }),
  });
  const forget = run.stoppable(agent.id, stop);
  try {
    const lived = await work();
    end(lived);
    return lived.value;
  } catch (error) {
    end({ outcome: error instanceof StopReason ? 'cancelled' : 'failed', answer: messageOf(error) });
    throw error;
  } finally {
    forget();
  }
}

/** The sentence a calling model is given. */
export function messageOf(error: unknown): string {
  if (error instanceof HostRefusal || error instanceof StopReason) return error.message;
  return `internal error: ${error instanceof Error ? error.message : String(error)}`;
}
