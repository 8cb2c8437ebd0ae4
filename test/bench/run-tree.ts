import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { Script } from '../runs/sample-events.ts';

// A fresh process: what the live tree spends on an event, by the number of agents in the run. Prints microseconds as JSON.

export interface TreeCosts {
  readonly us100: readonly number[];
  readonly us10000: readonly number[];
}

function eventsOf(agents: number): Script['events'] {
  const script = new Script().start().cellStart('a0', 1, 'llm_batch(x)').call('a0', 'c', 'llm_batch', agents);
  for (let i = 1; i <= agents; i++) script.child(`a${i}`, 'a0', 'c', 'llm', 't');
  for (let i = 1; i <= agents; i++) script.turn(`a${i}`, 1, 'reply').end(`a${i}`, 'reply');
  return script.events;
}

/** Per event, `times` runs of at least `atLeast` events together. */
function costs(agents: number, times: number, atLeast: number): readonly number[] {
  const events = eventsOf(agents);
  const rounds = Math.ceil(atLeast / events.length);
  return Array.from({ length: times }, () => {
    const began = performance.now();
    for (let round = 0; round < rounds; round++) {
      const { totals } = events.reduce(reduceRun, emptyRun);
      if (totals.agents !== agents + 1) throw new Error(`${totals.agents} agents in the tree instead of ${agents + 1}`);
    }
    return ((performance.now() - began) * 1000) / (rounds * events.length);
  });
}

costs(1000, 1, 0);
console.log(JSON.stringify({ us100: costs(100, 5, 20_000), us10000: costs(10_000, 5, 20_000) } satisfies TreeCosts));
