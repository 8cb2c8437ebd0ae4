import type { SearchIndex } from '../search-index.ts';
import { corpus } from '../support/corpus.ts';
import { type Figure, type Group, times, within } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

/** The word list behind search(): reading 5, 50 and 200 MB in a thread of its own, asking, and taking in a change. */
export const search: Group = async () => {
  const { folder, description } = await corpus();
  const at = (megabytes: number, runs: number) =>
    repeat(runs, () => measureIn<SearchIndex>('search-index', [folder, megabytes]));
  const small = await at(5, 3);
  const whole = await at(50, 3);
  const large = await at(200, 1);
  const [one] = large;
  return {
    figures: [...figuresOf('5 MB', small), ...targets(figuresOf('50 MB', whole)), ...figuresOf('200 MB', large)],
    notes: [
      ...description,
      `200 MB are the same files ${Math.round((one?.megabytes ?? 0) / (whole[0]?.megabytes ?? 1))} times, under other folders: their words are no more, their occurrences are.`,
    ],
  };
};

function figuresOf(size: string, all: readonly SearchIndex[]): readonly Figure[] {
  const of = (key: Exclude<keyof SearchIndex, 'queryMs'>) => sample(all.map((one) => one[key]));
  const snapshot = { name: 'snapshot of 50 MB', value: of('snapshotMs') };
  const text = { name: 'its text', value: of('megabytes') };
  return [
    times({ name: `${size}: words ready after the snapshot`, unit: 'ms', measured: of('readyMs') }, snapshot),
    times(
      { name: `${size}: a query, warm`, unit: 'ms', measured: sample(all.flatMap((one) => one.queryMs)) },
      snapshot,
    ),
    times({ name: `${size}: first query after one file changed`, unit: 'ms', measured: of('refreshMs') }, snapshot),
    times({ name: `${size}: the calling thread, longest block`, unit: 'ms', measured: of('blockedMs') }, snapshot),
    times({ name: `${size}: held in memory`, unit: 'MB', measured: of('heldMb') }, text),
  ];
}

function targets([ready, query, ...rest]: readonly Figure[]): readonly Figure[] {
  return [...(ready ? [within(ready, 4000)] : []), ...(query ? [within(query, 150)] : []), ...rest];
}
