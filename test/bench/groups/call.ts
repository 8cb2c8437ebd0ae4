import { type Group, times } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** A blocking call from Python to the host and back. */
export const call: Group = async () => {
  const bare = sample(await repeat(5, () => measureIn<number>('bare-call')));
  const host = sample(await repeat(5, () => measureIn<number>('host-call')));
  const name = 'postMessage + Atomics.wait between two threads';
  return { figures: [times({ name: 'budget() in a cell', unit: 'µs', measured: host }, { name, value: bare })] };
};
