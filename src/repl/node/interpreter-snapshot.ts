import { join } from 'node:path';
import { pythonSources } from '../python/sources.ts';
import { type ReplAssets, sha256, toShared } from './assets.ts';
import { readChecked, writeChecked } from './checked-file.ts';
import { makeHeap } from './make-heap.ts';

/** The heap of a sealed interpreter that has imported the standard modules and our Python files. */
export interface InterpreterSnapshot {
  readonly heap: SharedArrayBuffer;
  readonly codeCache: Uint8Array | null;
}

/**
 * Reads the snapshot for these assets from the cache folder; makes it (seconds) when it is missing or damaged.
 * A folder that cannot be written is no error: the snapshot then lives as long as this process.
 */
export async function loadSnapshot(assets: ReplAssets, cacheDir: string): Promise<InterpreterSnapshot> {
  const key = sha256(JSON.stringify([assets.hash, pythonSources])).slice(0, 32);
  const heapFile = join(cacheDir, `interpreter-${key}.heap`);
  // Compiled code is V8's own format; another version rejects it.
  const codeFile = join(cacheDir, `interpreter-${key}-v8-${process.versions.v8}-${process.arch}.code`);
  const [heap, codeCache] = await Promise.all([readChecked(heapFile), readChecked(codeFile)]);
  if (heap && codeCache) return { heap: toShared(heap), codeCache };
  const made = await makeHeap(assets, pythonSources);
  await Promise.all([writeChecked(heapFile, made.heap), writeChecked(codeFile, made.codeCache)]);
  return { heap: toShared(heap ?? made.heap), codeCache: made.codeCache };
}
