import { createSymbolSource } from '../../src/symbols/node/worker-symbols.ts';
import type { SymbolQuery } from '../../src/symbols/symbol-source.ts';
import { inMemory } from '../../src/workspace/corpus-bytes.ts';
import { LoadedSnapshot } from '../../src/workspace/loaded-snapshot.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { loadCorpus, textOf } from './support/corpus.ts';
import { assetsDir } from './support/places.ts';
import { timed } from './support/repl.ts';
import { repeat } from './support/stats.ts';

// A fresh process: asks the parsers about a folder, cut or multiplied to a size. Prints JSON. Arguments: the folder, megabytes.

export interface SymbolsAsk {
  readonly files: number;
  readonly megabytes: number;
  /** Milliseconds of the first question about a name, with the thread's start; then of the same again. */
  readonly cold: Readonly<Record<string, number>>;
  readonly warm: Readonly<Record<string, readonly number[]>>;
  readonly hits: Readonly<Record<string, number>>;
  /** Megabytes of resident memory that came with it. */
  readonly memoryMb: number;
}

const folder = process.argv[2] ?? '';
const megabytes = Number(process.argv[3]);

/** The first files up to the size; over again, as other files, when there are too few. */
function ofSize(whole: Snapshot, bytes: number): Snapshot {
  const rounds = Math.ceil(bytes / whole.bytes.byteLength);
  const shared = new SharedArrayBuffer(rounds * whole.bytes.byteLength);
  let left = bytes;
  const files = Array.from({ length: rounds }, (_, round) => {
    const base = round * whole.bytes.byteLength;
    new Uint8Array(shared).set(textOf(whole), base);
    return whole.files.flatMap((file) => {
      left -= file.byteLength;
      return left < 0
        ? []
        : [{ ...file, path: `r${round}/${file.path}`, hash: `${round}${file.hash}`, offset: base + file.offset }];
    });
  }).flat();
  const { id, roots, coverage } = whole;
  return new LoadedSnapshot({ id, roots, coverage, files, text: inMemory(shared) });
}

const queries: Readonly<Record<string, SymbolQuery>> = {
  symbols: { ask: 'symbols', name: 'parse', limit: 200 },
  references: { ask: 'references', name: 'parse', limit: 1000 },
  callers: { ask: 'callers', name: 'get', limit: 1000 },
};

const snapshot = ofSize(await loadCorpus(folder), megabytes * 1e6);
const before = process.memoryUsage.rss();
const source = createSymbolSource({ assetsDir });
const cold: Record<string, number> = {};
const warm: Record<string, readonly number[]> = {};
const hits: Record<string, number> = {};
const ask = (query: SymbolQuery) => source.ask(query, { snapshot, texts: {} }, new AbortController().signal);
for (const [name, query] of Object.entries(queries)) {
  const first = await timed(() => ask(query));
  cold[name] = first.ms;
  hits[name] = first.value.total;
  if (!first.value.evidence.complete) throw new Error(`${name}: time ran out`);
  warm[name] = (await repeat(9, () => timed(() => ask(query)))).map(({ ms }) => ms);
}
const memoryMb = (process.memoryUsage.rss() - before) / 2 ** 20;
await source.close();
const result: SymbolsAsk = { files: snapshot.files.length, megabytes, cold, warm, hits, memoryMb };
console.log(JSON.stringify(result));
process.exit(0);
