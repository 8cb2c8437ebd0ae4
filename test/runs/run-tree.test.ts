import { expect, test } from 'vitest';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { citations, Script, wholeRun } from './sample-events.ts';

const phases = (state: RunState) => [...state.order].map((id) => `${id} ${state.agents.get(id)?.phase}`);

test('a whole run becomes a tree with every step in its place', () => {
  const { state } = wholeRun();
  expect(phases(state)).toEqual(['a0 done', 'a1 done', 'a2 failed', 'a3 cached', 'a4 done']);
  const root = state.agents.get('a0');
  expect(state.rootId).toBe('a0');
  expect([...(root?.children ?? [])]).toEqual(['a1', 'a2', 'a3', 'a4']);
  expect(root?.steps.map((step) => step.kind)).toEqual(['turn', 'cell', 'turn', 'cell', 'nudge', 'turn']);
  expect(root).toMatchObject({ calls: 3, promptTokens: 3000, refusals: 1, answer: 'It is in [src/a.ts:9-11].' });
  const cell = root?.steps[3];
  expect(cell?.kind === 'cell' && [...cell.calls]).toEqual(['a0/c1', 'a0/c2']);
  expect(cell?.kind === 'cell' && [...cell.refusals]).toEqual([
    { what: 'llm_query', reason: 'the call budget is used up' },
  ]);
  expect(state.calls.get('a0/c1')).toMatchObject({ count: 3, ended: 3, failed: 1, cached: 1, ms: 600 });
  expect(state.totals).toMatchObject({ agents: 5, active: 0, calls: 6, costUsd: null });
  expect(state).toMatchObject({ outcome: 'answered', citations });
});

test('text streams into the turn under way and is replaced by the whole', () => {
  const script = new Script().start();
  script.add('a0', { type: 'model-start', turn: 1, promptChars: 1 });
  script.add('a0', { type: 'model-delta', text: 'hm ', reasoning: true });
  script.add('a0', { type: 'model-delta', text: 'Hel' }).add('a0', { type: 'model-delta', text: 'lo' });
  expect(script.state.agents.get('a0')?.steps[0]).toMatchObject({ live: true, text: 'Hello', reasoning: 'hm ' });
  script.add('a0', { type: 'model-end', turn: 1, text: 'Hello!', usage: null, costUsd: null, ms: 5 });
  expect(script.state.agents.get('a0')?.steps[0]).toMatchObject({ live: false, text: 'Hello!', reasoning: 'hm ' });
});

test('an agent is queued, runs, waits for its sub-agents and runs again', () => {
  const seen: (string | undefined)[] = [];
  const script = new Script().start();
  const look = () => seen.push(script.state.agents.get('a0')?.phase);
  look();
  script.add('a0', { type: 'model-start', turn: 1, promptChars: 1 });
  look();
  script.cellStart('a0', 1, 'x').call('a0', 'c1', 'llm_query', 1);
  look();
  script.callEnd('a0', 'c1');
  look();
  script.end('a0', '', 'cancelled');
  look();
  expect(seen).toEqual(['queued', 'running', 'waiting', 'running', 'cancelled']);
});

test('older states do not see what came later', () => {
  const { events } = wholeRun();
  const states: RunState[] = [];
  for (const event of events) states.push(reduceRun(states.at(-1) ?? emptyRun, event));
  const fresh = events.map((_, n) => events.slice(0, n + 1).reduce(reduceRun, emptyRun));
  const plain = ({ agents, order, calls, ...rest }: RunState) => ({
    ...rest,
    agents: [...order].map((id) => {
      const { children, steps, ...agent } = agents.get(id) ?? { children: [], steps: [] };
      const cells = steps.map((step) =>
        step.kind === 'cell' ? { ...step, calls: [...step.calls], refusals: [...step.refusals] } : step,
      );
      return { ...agent, children: [...children], cells };
    }),
    calls: ['a0/c1', 'a0/c2'].map((key) => ({ ...calls.get(key), children: [...(calls.get(key)?.children ?? [])] })),
  });
  expect(states.map(plain)).toEqual(fresh.map(plain));
});

test('events of agents that never started and of unknown type change nothing in the tree', () => {
  const script = new Script().start();
  const before = script.state;
  script.end('ghost', 'boo').turn('ghost', 1, 'boo').callEnd('a0', 'none');
  const newer = { type: 'from-the-future', seq: 99, at: 2_000_000, agentId: 'a0', parentId: null } as never;
  const after = reduceRun(script.state, newer);
  expect(after.agents.get('ghost')).toBeUndefined();
  expect(after.totals.agents).toBe(before.totals.agents);
  expect(after.agents.get('a0')?.steps).toEqual([]);
});
