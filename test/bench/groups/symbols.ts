import { corpus } from '../support/corpus.ts';
import { type Figure, type Group, within } from '../support/figure.ts';
import { measureIn } from '../support/process.ts';
import { sample } from '../support/stats.ts';
import type { SymbolsAsk } from '../symbols-ask.ts';

const sizes = [5, 50, 200];

/** Definitions, references and callers by the parsers: the first time, and again, at three sizes. */
export const symbols: Group = async () => {
  const { folder, description } = await corpus();
  const all: SymbolsAsk[] = [];
  for (const megabytes of sizes) all.push(await measureIn<SymbolsAsk>('symbols-ask', [folder, megabytes]));
  return {
    figures: all.flatMap(figuresOf),
    notes: [
      ...description,
      'Above its size the corpus is repeated as other files. Cold: the first question about a name parses the files that hold it.',
      ...all.map(({ files, megabytes, hits }) => `${megabytes} MB, ${files} files: ${JSON.stringify(hits)}`),
    ],
  };
};

function figuresOf({ megabytes, cold, warm, memoryMb }: SymbolsAsk): readonly Figure[] {
  const asked = Object.keys(cold).flatMap((name): readonly Figure[] => {
    const again: Figure = { name: `${name}() again, ${megabytes} MB`, unit: 'ms', measured: sample(warm[name] ?? []) };
    return [
      { name: `${name}() the first time, ${megabytes} MB`, unit: 'ms', measured: sample([cold[name] ?? Number.NaN]) },
      megabytes === 50 ? within(again, 150) : again,
    ];
  });
  return [...asked, { name: `memory after them, ${megabytes} MB`, unit: 'MB', measured: sample([memoryMb]) }];
}
