import { createHash } from 'node:crypto';
import type { RunLimits } from '../../src/agent/limits.ts';
import { Conversation, type ConversationMemory } from '../../src/conversation/conversation.ts';
import { LiveRepls } from '../../src/conversation/live-repls.ts';
import { createEngine } from '../../src/engine.ts';
import type { Engine, EnginePorts, RunEnd } from '../../src/engine-api.ts';
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
  /** Runs under way at once in this world. */
  readonly atOnce: number;
}

/** One whole run of the real engine in a world that the seed makes; with faults at any step, stops and cancels among them. */
export async function runSeed(seed: number): Promise<SeededRun> {
  const world = new World(seed);
  const share = shareOf(world);
  const engine = createEngine(portsOf(world, share));
  const run = await askOnce(world, share, engine, limitsOf(world.chance));
  await world.live(engine.close());
  return run;
}

/** A few questions of one conversation in such a world, sometimes after its interpreter was let go, sometimes two at once. */
export async function talkSeed(seed: number): Promise<readonly SeededRun[]> {
  const world = new World(seed);
  const { chance } = world;
  const share = shareOf(world);
  const ports = portsOf(world, share);
  const [engine, limits] = [createEngine(ports), limitsOf(chance)];
  const past: SeededRun[] = [];
  let atOnce = 1;
  const conversation = new Conversation('c', memoryOf(past), new LiveRepls(ports.clock));
  for (let asked = chance.from(2, 4); asked > 0; asked--) {
    const count = chance.is(0.2) ? 2 : 1;
    const runs = Array.from({ length: count }, () => askOnce(world, share, engine, limits, conversation));
    past.push(...(await Promise.all(runs)));
    atOnce = Math.max(atOnce, count);
    if (chance.is(0.3)) await world.live(conversation.letGo());
  }
  await world.live(conversation.close());
  await world.live(engine.close());
  return past.map((run) => ({ ...run, atOnce }));
}

const memoryOf = (past: readonly SeededRun[]): ConversationMemory => ({
  runs: async () => [],
  events: async (runId) =>
    past.find(({ events }) => events.some((event) => event.type === 'run-start' && event.runId === runId))?.events ??
    [],
  files: async () => undefined,
  keepFiles: () => undefined,
});

export const shareOf = ({ chance }: World): number => {
  const trouble = chance.of({ none: 1, some: 3, much: 2 });
  return { none: 0, some: 0.08, much: 0.35 }[trouble];
};

export async function askOnce(
  world: World,
  share: number,
  engine: Engine,
  limits: RunLimits,
  conversation?: Conversation,
): Promise<SeededRun> {
  const { chance } = world;
  const stop = new AbortController();
  const cancelAt = chance.is(share) ? chance.from(0, 60) : -1;
  const stopAt = chance.is(share * 2) ? chance.from(3, 60) : -1;
  const closeAt = chance.is(share / 4) ? chance.from(0, 60) : -1;
  const events: RunEvent[] = [];
  const run = engine.ask('What is one?', {
    limits,
    signal: stop.signal,
    ...(conversation && { conversation }),
    onEvent: (event) => {
      world.steps++;
      events.push(event);
      if (events.length === cancelAt) stop.abort();
      if (events.length === stopAt) run.stopAgent(`a${chance.from(0, 5)}`);
      if (events.length === closeAt) void engine.close();
    },
  });
  const end = await world.live(run.done);
  return { end, events, limits, world, atOnce: 1 };
}

export function portsOf(world: World, trouble: number): EnginePorts {
  let runs = 0;
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
    newRunId: () => `run-${++runs}`,
    version: '0.0.0',
  };
}

export const limitsOf = (chance: Chance): RunLimits => ({
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
