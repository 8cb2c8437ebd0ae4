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
  /** Whether another process finds both in the folder, once they are there. */
  isKept(): Promise<boolean>;
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
  const heap = stored.heap.then(async (bytes) => bytes ?? (await makeOnce()).heap);
  const codeCache = stored.codeCache.then(async (code) => code ?? (await makeOnce()).codeCache);
  const isKept = async () => {
    await Promise.all([heap, codeCache]);
    const files = making === undefined ? [] : await Promise.all([heapFile, codeFile].map(readChecked));
    return files.every((file) => file !== undefined);
  };
  return { heap, codeCache, isKept };
}
