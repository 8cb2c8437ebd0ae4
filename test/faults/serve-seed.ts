import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine } from '../../src/engine.ts';
import type { LanguageModel } from '../../src/models/model.ts';
import { createHttpFetch } from '../../src/models/node/http-fetch.ts';
import { remoteModel } from '../../src/models/node/remote-model.ts';
import { presetOf } from '../../src/models/providers/presets.ts';
import { HostGate } from '../../src/models/wire/host-gate.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { FaultyServer } from './faulty-server.ts';
import { RealClock } from './real-clock.ts';
import { askOnce, limitsOf, portsOf, type SeededRun, shareOf } from './run-seed.ts';
import { World } from './world.ts';

const httpFetch = createHttpFetch({ connectMs: 1000 });
/** Nobody listens on the port that discards. */
const nobody = 'http://127.0.0.1:9/v1';

/** One whole run of the real engine and the real client, over real connections to a server in which anything fails. */
export async function serveSeed(seed: number, server: FaultyServer): Promise<SeededRun> {
  const world = new World(seed, new RealClock());
  const { chance } = world;
  const trouble = shareOf(world);
  const { baseUrl, leave } = server.join(world, trouble);
  const url = () => (chance.is(trouble / 8) ? nobody : baseUrl);
  const models = { root: modelAt(world, url(), 'root'), sub: modelAt(world, url(), 'sub') };
  const engine = createEngine({ ...portsOf(world, trouble / 2), models });
  // Interpreters that never start, too, wait for the limit in real time.
  const limits = { ...limitsOf(chance), maxSeconds: chance.is(trouble) ? chance.next() / 2 : 3 };
  const run = await askOnce(world, trouble, engine, limits);
  await world.live(engine.close());
  await serverIsIdle(world);
  leave();
  return run;
}

/** Waits are short and the gate's time runs fast: what is tried is the order of things, not how long they take. */
function modelAt(world: World, baseUrl: string, model: string): LanguageModel {
  const { chance } = world;
  const gate = new HostGate(fast);
  const prices = { input: 1, cachedInput: 0.1, output: 10 };
  return remoteModel({
    preset: presetOf('openai'),
    model,
    baseUrl,
    apiKey: 'sk-test-0123456789abcdefghij',
    price: chance.is(0.2) ? undefined : prices,
    network: { fetch: httpFetch, gateOf: () => gate },
    timeouts: { firstByteMs: 150, betweenChunksMs: 100 },
    sleep: (ms, signal) => world.sleep(Math.min(ms, 2), signal),
    random: () => chance.next(),
  });
}

const speed = 100;
const fast: Clock = {
  now: () => performance.now() * speed,
  after: (ms, run) => {
    const timer = setTimeout(run, ms / speed);
    return () => clearTimeout(timer);
  },
};

/** A server sees a moment later that its client has gone. */
async function serverIsIdle(world: World): Promise<void> {
  for (let waited = 0; world.openStreams > 0 && waited < 2000; waited += 5) await sleep(5);
  // How many requests overlap there says nothing of how many the engine had under way.
  world.mostStreams = 0;
}
