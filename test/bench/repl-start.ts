import { setTimeout as sleep } from 'node:timers/promises';
import { cell, open, pool, timed } from './support/repl.ts';

// A fresh process: from the wish for a REPL to its first cell's answer. Prints JSON. Argument: the cache folder.

export interface ReplStart {
  /** First of the process: loads and checks the assets, reads the snapshot (or makes it). */
  readonly firstMs: number;
  /** The 2nd to 8th, one after another, no worker kept ready. */
  readonly laterMs: readonly number[];
  /** Eight at once: until the last one answered. */
  readonly eightMs: number;
  /** With a worker kept ready, as the client does. */
  readonly warmMs: number;
}

const cacheDir = process.argv[2] ?? '';
const firstOnly = process.argv[3] === 'first';

async function start(repls: ReturnType<typeof pool>): Promise<void> {
  const answer = await cell(await open(repls), '1 + 1');
  if (answer !== '2') throw new Error(`1 + 1 was answered with ${answer}`);
}

async function startsOf(count: number): Promise<readonly number[]> {
  const repls = pool({ cacheDir });
  const all: number[] = [];
  for (let n = 0; n < count; n++) all.push((await timed(() => start(repls))).ms);
  await repls.close();
  return all;
}

async function eightAtOnce(): Promise<number> {
  const repls = pool({ cacheDir });
  await start(repls);
  const { ms } = await timed(() => Promise.all(Array.from({ length: 8 }, () => start(repls))));
  await repls.close();
  return ms;
}

async function fromWarmWorker(): Promise<number> {
  const repls = pool({ cacheDir, warm: 1 });
  await repls.warmUp();
  await sleep(1500);
  const { ms } = await timed(() => start(repls));
  await repls.close();
  return ms;
}

const [firstMs = Number.NaN, ...laterMs] = await startsOf(firstOnly ? 1 : 8);
const rest = firstOnly ? { eightMs: 0, warmMs: 0 } : { eightMs: await eightAtOnce(), warmMs: await fromWarmWorker() };
console.log(JSON.stringify({ firstMs, laterMs, ...rest } satisfies ReplStart));
