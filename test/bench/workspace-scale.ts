import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { isSpooled } from '../../src/workspace/corpus-bytes.ts';
import { describeWorkspace } from '../../src/workspace/corpus-map.ts';
import { spoolsIn } from '../../src/workspace/node/corpus-spool.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import { defaultOptions } from '../../src/workspace/options.ts';
import { openRoots } from '../../src/workspace/roots.ts';
import { Verdicts } from '../../src/workspace/verdict.ts';
import { Walk } from '../../src/workspace/walk.ts';
import { filesBelow } from './support/corpus-sources.ts';
import { assetsDir, benchDir } from './support/places.ts';
import { cell, open, pool, timed } from './support/repl.ts';

// A fresh process: every stage before a model's first word, over one folder, with the product's own limits. Prints JSON.

export interface ScaleCosts {
  readonly megabytes: number;
  readonly files: number;
  readonly outOfCore: boolean;
  readonly ranked: number;
  readonly readMs: number;
  readonly walkMs: number;
  readonly snapshotMs: number;
  readonly mapMs: number;
  readonly replMs: number;
  readonly scanMs: number;
  readonly indexMs: number;
  readonly queryMs: number;
  readonly peakMb: number;
}

const folder = process.argv[2] ?? '';
const never = new AbortController().signal;
const disk = diskFiles([{ location: folder }]);
const read = await timed(async () => {
  for (const file of filesBelow(folder)) readFileSync(file);
});
const walk = await timed(async () =>
  new Walk(disk, defaultOptions, new Verdicts(defaultOptions), never).run(await openRoots(disk, never)),
);
const { ms: snapshotMs, value: snapshot } = await timed(() =>
  buildSnapshot(disk, {}, never, spoolsIn(join(benchDir, 'corpora'))),
);
const map = await timed(async () => describeWorkspace(snapshot));
const index = snapshot.files.map((file) => [file.path, file.offset, file.byteLength] as const);
const repls = pool();
await repls.warmUp();
const first = await timed(() => open(repls, { corpus: { bytes: snapshot.bytes, index, texts: {} } }));
const scan = await timed(() => cell(first.value, 'len(grep("no line has this|nor that one"))'));
await repls.close();
const loaded = Promise.withResolvers<number>();
const search = createCodeSearch({ assetsDir, onLoaded: (ms) => loaded.resolve(ms) });
search.prepare(snapshot);
// The search's thread does not keep a process alive.
const alive = setInterval(() => undefined, 1000);
const indexMs = await loaded.promise;
clearInterval(alive);
const ask = () => search.search({ text: 'where are error messages formatted', k: 10 }, { snapshot, texts: {} }, never);
const { filesSearched: ranked } = await ask();
const query = await timed(ask);
await search.close();
const costs: ScaleCosts = {
  megabytes: snapshot.bytes.byteLength / 1e6,
  files: snapshot.files.length,
  outOfCore: isSpooled(snapshot.bytes),
  ranked,
  readMs: read.ms,
  walkMs: walk.ms,
  snapshotMs,
  mapMs: map.ms,
  replMs: first.ms,
  scanMs: scan.ms,
  indexMs,
  queryMs: query.ms,
  peakMb: process.resourceUsage().maxRSS / 1024,
};
console.log(JSON.stringify(costs));
