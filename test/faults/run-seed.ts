import { createHash } from 'node:crypto';
import type { RunLimits } from '../../src/agent/limits.ts';
import { createEngine } from '../../src/engine.ts';
import type { EnginePorts, RunEnd } from '../../src/engine-api.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { inlineSearch } from '../support/inline-search.ts';
import { memorySnapshot } from '../support/workspace.ts';
import type { Chance } from './chance.ts';
import { faultyModel } from './faulty-model.ts';
import { faultyRepls } from './faulty-repls.ts';
import { World } from './world.ts';

export interface SeededRun {
  readonly end: RunEnd;
  readonly events: readonly RunEvent[];
  readonly limits: RunLimits;
  readonly world: World;
}

/** One whole run of the real engine in a world that the seed makes; with faults at any step, stops and cancels among them. */
export async function runSeed(seed: number): Promise<SeededRun> {
  const world = new World(seed);
  const { chance } = world;
  const trouble = chance.of({ none: 1, some: 3, much: 2 });
  const share = { none: 0, some: 0.08, much: 0.35 }[trouble];
  const engine = createEngine(portsOf(world, share));
  const limits = limitsOf(chance);
  const stop = new AbortController();
  const cancelAt = chance.is(share) ? chance.from(0, 60) : -1;
  const stopAt = chance.is(share * 2) ? chance.from(3, 60) : -1;
  const closeAt = chance.is(share / 4) ? chance.from(0, 60) : -1;
  const events: RunEvent[] = [];
  const run = engine.ask('What is one?', {
    limits,
    signal: stop.signal,
    onEvent: (event) => {
      world.steps++;
      events.push(event);
      if (events.length === cancelAt) stop.abort();
      if (events.length === stopAt) run.stopAgent(`a${chance.from(0, 5)}`);
      if (events.length === closeAt) void engine.close();
    },
  });
  const end = await world.live(run.done);
  await world.live(engine.close());
  return { end, events, limits, world };
}

function portsOf(world: World, trouble: number): EnginePorts {
  const { chance } = world;
  const price = { input: 1, cachedInput: 0.1, output: 10 };
  const priceOf = () => (chance.is(0.2) ? undefined : price);
  const search = inlineSearch();
  return {
    loadSnapshot: async (signal) => {
      await world.pause(signal);
      signal.throwIfAborted();
      if (chance.is(trouble / 8)) throw new Error('the folder cannot be read');
      return memorySnapshot(
        chance.is(trouble / 8) ? {} : { 'src/a.ts': 'const one = 1;\nconst two = 2;\n', 'b.py': 'one = 1\n' },
      );
    },
    models: {
      root: faultyModel(world, 'faulty-root', priceOf(), trouble),
      sub: faultyModel(world, 'faulty-sub', priceOf(), trouble),
    },
    repls: faultyRepls(world, trouble),
    search: {
      ...search,
      search: async (query, scope, signal) => {
        await world.pause(signal);
        if (chance.is(trouble)) throw new Error('the search thread ended');
        return search.search(query, scope, signal);
      },
    },
    clock: world.clock,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    newRunId: () => 'run-1',
    version: '0.0.0',
  };
}

const limitsOf = (chance: Chance): RunLimits => ({
  maxCalls: chance.from(1, 40),
  maxTokens: chance.is(0.3) ? chance.from(500, 20_000) : 1_000_000,
  maxCostUsd: chance.is(0.3) ? chance.next() / 50 : 2,
  maxSeconds: chance.from(1, 600),
  maxDepth: chance.from(0, 3),
  maxFanOut: chance.from(1, 50),
  maxConcurrent: chance.from(1, 8),
  maxTurns: chance.from(1, 6),
  cellSeconds: 30,
  outputChars: 2000,
});
