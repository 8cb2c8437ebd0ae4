import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import { inMemory } from '../../src/workspace/corpus-bytes.ts';
import { LoadedSnapshot } from '../../src/workspace/loaded-snapshot.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { loadCorpus, textOf } from './support/corpus.ts';
import { assetsDir } from './support/places.ts';
import { timed } from './support/repl.ts';

// A fresh process: snapshots a folder, has its words read in the search's thread, and asks. Prints JSON.
// Arguments: the folder, megabytes to take of it (more than it has: several times over).

export interface SearchIndex {
  readonly megabytes: number;
  readonly files: number;
  readonly snapshotMs: number;
  /** From handing the snapshot over until the words are ready, and the thread's own work for it. */
  readonly readyMs: number;
  readonly workMs: number;
  /** The longest time for which this thread could not have answered meanwhile. */
  readonly blockedMs: number;
  /** What the search's thread holds. */
  readonly heldMb: number;
  readonly queryMs: readonly number[];
  /** One file of the workspace changed: until it can be found. */
  readonly refreshMs: number;
}

const queries = [
  'How is the configuration file parsed and validated?',
  'Where are error messages formatted before they are shown to the user?',
  'parseOptions',
  'What happens when the connection to the server is closed during a request?',
  'How does the resolver decide which module to load first, and where is the result cached?',
];

const [folder = '', megabytes = '50'] = process.argv.slice(2);
const { ms: snapshotMs, value: whole } = await timed(() => loadCorpus(folder));
const snapshot = resized(whole, Number(megabytes) * 1e6);
const reading = Promise.withResolvers<{ readonly ms: number; readonly bytes: number }>();
let read = reading;
const search = createCodeSearch({ assetsDir, onLoaded: (ms, bytes) => read.resolve({ ms, bytes }) });

let blockedMs = 0;
let last = performance.now();
const pulse = setInterval(() => {
  const now = performance.now();
  blockedMs = Math.max(blockedMs, now - last - 2);
  last = now;
}, 2);
const { ms: readyMs, value: loaded } = await timed(async () => {
  search.prepare(snapshot);
  return await reading.promise;
});
clearInterval(pulse);

const never = new AbortController().signal;
const ask = (text: string, on: Snapshot) => search.search({ text, k: 10 }, { snapshot: on, texts: {} }, never);
for (const text of queries) await ask(text, snapshot);
const queryMs: number[] = [];
for (let round = 0; round < 3; round++)
  for (const text of queries) queryMs.push((await timed(() => ask(text, snapshot))).ms);

read = Promise.withResolvers();
const changed = withOneChange(snapshot);
const { ms: refreshMs } = await timed(async () => await ask('parseOptions', changed));
await search.close();
const index: SearchIndex = {
  megabytes: snapshot.bytes.byteLength / 1e6,
  files: snapshot.files.length,
  snapshotMs,
  readyMs,
  workMs: loaded.ms,
  blockedMs,
  heldMb: loaded.bytes / 1e6,
  queryMs,
  refreshMs,
};
console.log(JSON.stringify(index));

/** The first files up to a size; where there are too few, all of them again under other folders. */
function resized(from: Snapshot, bytes: number): Snapshot {
  const copies = Math.max(1, Math.round(bytes / from.bytes.byteLength));
  if (copies === 1) {
    const files = from.files.filter(({ offset, byteLength }) => offset + byteLength <= bytes);
    return snapshotOf(from, files, sharedCopy(textOf(from).subarray(0, bytes)));
  }
  const shared = new SharedArrayBuffer(from.bytes.byteLength * copies);
  const view = new Uint8Array(shared);
  const files = Array.from({ length: copies }, (_, copy) => {
    view.set(textOf(from), copy * from.bytes.byteLength);
    return from.files.map((file) => ({
      ...file,
      path: copy === 0 ? file.path : `copy-${copy}/${file.path}`,
      offset: file.offset + copy * from.bytes.byteLength,
    }));
  });
  return snapshotOf(from, files.flat(), shared);
}

function withOneChange(from: Snapshot): Snapshot {
  const files = from.files.map((file, at) => (at === 0 ? { ...file, hash: 'changed' } : file));
  return snapshotOf(from, files, sharedCopy(textOf(from)));
}

function sharedCopy(text: Uint8Array): SharedArrayBuffer {
  const bytes = new SharedArrayBuffer(text.length);
  new Uint8Array(bytes).set(text);
  return bytes;
}

function snapshotOf({ id, roots, coverage }: Snapshot, files: Snapshot['files'], bytes: SharedArrayBuffer): Snapshot {
  return new LoadedSnapshot({ id, roots, coverage, files, text: inMemory(bytes) });
}
