import { pythonSources } from '../python/sources.ts';
import { loadMachine, loadSources, workerFile } from './assets.ts';
import { type InterpreterSnapshot, loadSnapshot } from './interpreter-snapshot.ts';
import { makeHeap } from './make-heap.ts';
import type { WorkerParts } from './start-worker.ts';

/** All that a process's interpreters are made of. Both parts reject when an asset is missing or is not the pinned one. */
export function loadParts(assetsDir: string, cacheDir: string): WorkerParts {
  const sources = loadSources(assetsDir);
  const machine = loadMachine(assetsDir);
  const snapshot = storedSnapshot(assetsDir, cacheDir, sources, () => machine);
  const heap = snapshot.then((stored) => stored.heap);
  const codeCache = snapshot.then((stored) => stored.codeCache);
  return {
    prepare: Promise.all([sources, codeCache]).then(([{ glue, realm }, code]) => {
      return { kind: 'prepare', glue, realm, codeCache: code, origin: 'snapshot' };
    }),
    boot: Promise.all([machine, heap]).then(([parts, bytes]) => {
      return { kind: 'boot', ...parts, origin: { kind: 'snapshot', heap: bytes } };
    }),
  };
}

/** Makes the interpreter's snapshot when the cache folder has none. @throws as `loadParts`, and when it cannot be kept there. */
export async function storeSnapshot(assetsDir: string, cacheDir: string): Promise<void> {
  const snapshot = await storedSnapshot(assetsDir, cacheDir, loadSources(assetsDir), () => loadMachine(assetsDir));
  if (!(await snapshot.isKept()))
    throw new Error(
      `the cache folder ${cacheDir} cannot be written, and a walled process has what it starts from there; choose the sandbox "thread", or another cache folder`,
    );
}

async function storedSnapshot(
  assetsDir: string,
  cacheDir: string,
  sources: ReturnType<typeof loadSources>,
  machine: () => ReturnType<typeof loadMachine>,
): Promise<InterpreterSnapshot> {
  const { hash } = await sources;
  return loadSnapshot(hash, cacheDir, () => makeHeap(workerFile(assetsDir), coldParts(sources, machine())));
}

function coldParts(sources: ReturnType<typeof loadSources>, machine: ReturnType<typeof loadMachine>): WorkerParts {
  return {
    prepare: sources.then(({ glue, realm }) => {
      return { kind: 'prepare', glue, realm, codeCache: null, origin: 'sources' };
    }),
    boot: machine.then((parts) => {
      return { kind: 'boot', ...parts, origin: { kind: 'sources', sources: pythonSources } };
    }),
  };
}
