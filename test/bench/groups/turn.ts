import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/runs/events.ts';
import { readRunLog } from '../../../src/runs/node/read-run-log.ts';
import type { BareCalls } from '../bare-client.ts';
import { ask, withTinyFolder } from '../support/client.ts';
import { type Group, times } from '../support/figure.ts';
import { benchDir } from '../support/places.ts';
import { measureIn } from '../support/process.ts';
import { turns } from '../support/scripts.ts';
import { latencyMs, type Server, withServer } from '../support/server.ts';
import { repeat, sample } from '../support/stats.ts';

/** A turn of a conversation with trivial cells: request, stream, cell, observation, the model's time taken out. */
export const turn: Group = () =>
  withServer((server) =>
    withTinyFolder(async (dir) => {
      const bare = await repeat(3, () => measureIn<BareCalls>('bare-client', [server.url, 'turns', turns]));
      await server.asked();
      const runs = await repeat(5, () => eventsOf(server, dir));
      // The first turn of both opens the connection and, of ours, waits for the interpreter.
      const baseline = {
        name: 'bare fetch',
        value: sample(bare.flatMap(({ eachMs }) => eachMs.slice(1)).map((ms) => ms - latencyMs)),
      };
      const figure = (name: string, values: readonly number[]) =>
        times({ name, unit: 'ms', measured: sample(values) }, baseline);
      return {
        figures: [
          figure(
            'overhead per turn, 2nd–20th of 20',
            runs.flatMap((run) => turnsOf(run).slice(1)),
          ),
          figure(
            'of that, the model call beyond 100 ms',
            runs.flatMap((run) => callsOf(run).slice(1)),
          ),
          figure(
            'of that, the cell (event to event)',
            runs.flatMap((run) => cellsOf(run).slice(1)),
          ),
        ],
      };
    }),
  );

async function eventsOf(server: Server, dir: string): Promise<readonly RunEvent[]> {
  const file = join(benchDir, 'turns.jsonl');
  try {
    const { asked, report } = await ask(server, 'turns', dir, ['--events', file]);
    if (asked.length !== turns) throw new Error(`${asked.length} calls for ${turns} turns: ${report.answer}`);
    return (await readRunLog(file)).events;
  } finally {
    await rm(file, { force: true });
    await rm(`${file}.texts`, { recursive: true, force: true });
  }
}

/** From the start of one model call to the start of the next, or the agent's end. */
function turnsOf(events: readonly RunEvent[]): readonly number[] {
  const starts = events.filter(({ type }) => type === 'model-start' || type === 'agent-end').map(({ at }) => at);
  return starts.slice(1).map((at, index) => at - (starts[index] ?? at) - latencyMs);
}

const callsOf = (events: readonly RunEvent[]): readonly number[] =>
  events.flatMap((event) => (event.type === 'model-end' ? [event.ms - latencyMs] : []));

function cellsOf(events: readonly RunEvent[]): readonly number[] {
  const starts = events.filter(({ type }) => type === 'cell-start').map(({ at }) => at);
  const ends = events.filter(({ type }) => type === 'cell-end').map(({ at }) => at);
  return ends.map((at, index) => at - (starts[index] ?? at));
}
