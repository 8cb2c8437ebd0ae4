import { plural } from './format.ts';
import type { RunState } from './run-state.ts';

/** How far a run is, in a few words: `2 agents, 7 model calls`. */
export function progressText({ agents, order }: RunState): string {
  const all = [...order].flatMap((id) => agents.get(id) ?? []);
  const calls = all.reduce((sum, agent) => sum + agent.calls, 0);
  return all.length === 0 ? 'reading the workspace' : `${plural(all.length, 'agent')}, ${plural(calls, 'model call')}`;
}
