import { parentPort } from 'node:worker_threads';
import { releaseShared } from '../../util/node/release-shared.ts';
import { openCorpus } from '../../workspace/node/corpus-reader.ts';
import { SearchEngine } from '../search-engine.ts';
import type { FromSearchWorker, ToSearchWorker } from './wire.ts';

// The thread that reads snapshots into words and ranks. One message at a time.

const engine = new SearchEngine();
let loaded = false;
const say = (message: FromSearchWorker): void => parentPort?.postMessage(message);

parentPort?.on('message', (message: ToSearchWorker) => {
  if (message.kind === 'search') return search(message);
  const startedAt = performance.now();
  const { bytes, ...corpus } = message.corpus;
  engine.load({ ...corpus, text: openCorpus(bytes) });
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  say({
    kind: 'loaded',
    corpus: message.corpus.id,
    ms: performance.now() - startedAt,
    bytes: heapUsed + arrayBuffers,
  });
  // There is one to let go of.
  if (loaded) releaseShared();
  loaded = true;
});

function search({ id, call }: Extract<ToSearchWorker, { kind: 'search' }>): void {
  try {
    say({ kind: 'found', id, reply: engine.search(call) });
  } catch (error) {
    const isRefusal = error instanceof RangeError && !(error.message === 'Maximum call stack size exceeded');
    say({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error), isRefusal });
  }
}
