import { join } from 'node:path';
import { pythonSources } from '../python/sources.ts';
import { readChecked, writeChecked } from './checked-file.ts';
import { sha256 } from './digest.ts';
import type { MadeHeap } from './make-heap.ts';
import { markUsed, pruneSnapshots } from './prune-snapshots.ts';

/** The heap of a sealed interpreter that has imported the standard modules and our Python files; and the glue, compiled. */
export interface InterpreterSnapshot {
  readonly heap: Promise<Uint8Array<SharedArrayBuffer>>;
  readonly codeCache: Promise<Uint8Array>;
}

/**
 * Reads the snapshot for these assets from the cache folder; makes it (seconds) when it is missing or damaged.
 * A folder that cannot be written is no error: the snapshot then lives as long as this process.
 */
export function loadSnapshot(assetsHash: string, cacheDir: string, make: () => Promise<MadeHeap>): InterpreterSnapshot {
  const key = sha256(JSON.stringify([assetsHash, pythonSources])).slice(0, 32);
  const heapFile = join(cacheDir, `interpreter-${key}.heap`);
  // Compiled code is V8's own format; another version rejects it.
  const codeFile = join(cacheDir, `interpreter-${key}-v8-${process.versions.v8}-${process.arch}.code`);
  const stored = { heap: readChecked(heapFile), codeCache: readChecked(codeFile) };
  void markUsed([heapFile, codeFile]);
  let making: Promise<MadeHeap> | undefined;
  const makeOnce = () => {
    making ??= make().then(async (made) => {
      await Promise.all([writeChecked(heapFile, made.heap), writeChecked(codeFile, made.codeCache)]);
      await pruneSnapshots(cacheDir, [heapFile, codeFile]);
      return made;
    });
    return making;
  };
  return {
    heap: stored.heap.then(async (heap) => heap ?? (await makeOnce()).heap),
    codeCache: stored.codeCache.then(async (code) => code ?? (await makeOnce()).codeCache),
  };
}
