import { type Group, times, within } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** Resident memory of every live REPL after the first, each after one cell. */
export const memory: Group = async () => {
  const stock = sample(await repeat(3, () => measureIn<number>('memory', ['stock', 4])));
  const sealed = sample(await repeat(3, () => measureIn<number>('memory', ['sealed', 8])));
  const figure = times(
    { name: 'per extra REPL, 8 live', unit: 'MB', measured: sealed },
    { name: 'per loadPyodide() worker, 4 live', value: stock },
  );
  return { figures: [within(figure, 60)] };
};
