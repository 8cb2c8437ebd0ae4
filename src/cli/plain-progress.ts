import type { RunEvent } from '../runs/events.ts';
import { byteSize, duration, plural } from '../runs/format.ts';
import type { AgentState, RunState } from '../runs/run-state.ts';
import { figures, firstLine, shortLine } from './agent-text.ts';
import { clip } from './text-width.ts';

const columns = 120;

/** What a run prints line by line where nothing can be redrawn. `state` is the one after the event. */
export function progressLine(event: RunEvent, state: RunState): string | undefined {
  if (event.type === 'snapshot') {
    const { filesLoaded, bytesLoaded, leftOut } = event.coverage;
    return `read ${plural(filesLoaded, 'file')} (${byteSize(bytesLoaded)}), ${leftOut.length} left out`;
  }
  const agent = state.agents.get(event.agentId);
  if (agent === undefined) return undefined;
  const text = agent.role === 'llm' ? undefined : agentLine(event, agent, state);
  return text === undefined ? undefined : clip(`${'  '.repeat(agent.depth)}${nameOf(agent)}: ${text}`, columns);
}

const nameOf = (agent: AgentState): string =>
  agent.role === 'root' ? 'root' : `rlm "${clip(shortLine(agent.task), 32)}"`;

function agentLine(event: RunEvent, agent: AgentState, state: RunState): string | undefined {
  switch (event.type) {
    case 'agent-start':
      return `started, ${shortLine(event.model)}`;
    case 'cell-start':
      return `cell ${event.cell}, ${firstLine(event.code)}`;
    case 'cell-end':
      return event.status === 'ok' ? undefined : `cell ${event.cell} ${event.status}, ${lastLine(event.error)}`;
    case 'call-end':
      return callLine(event, state);
    case 'model-retry':
      return `trying again in ${duration(event.waitMs)}, ${shortLine(event.reason)}`;
    case 'refused':
      return `refused ${shortLine(event.what)}, ${shortLine(event.reason)}`;
    case 'nudge':
      return `told: ${event.reason}`;
    case 'agent-end':
      return `${event.outcome}, ${figures(agent.role === 'root' ? state.totals : agent, event.ms)}`;
    default:
      return undefined;
  }
}

function callLine(event: Extract<RunEvent, { type: 'call-end' }>, state: RunState): string | undefined {
  const call = state.calls.get(`${event.agentId}/${event.callId}`);
  if (call === undefined || !call.op.startsWith('llm')) return undefined;
  const failed = event.failed > 0 ? `, ${event.failed} failed` : '';
  return `llm ×${call.count} done in ${duration(event.ms)}${failed}`;
}

const lastLine = (text: string): string => shortLine(text.trim().split('\n').at(-1) ?? '');
