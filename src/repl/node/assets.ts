import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** What every worker of a process shares. Loaded once; immutable. */
export interface ReplAssets {
  readonly workerFile: string;
  readonly wasm: WebAssembly.Module;
  /** pyodide's JavaScript glue as a script whose value is the factory. */
  readonly glue: string;
  readonly realm: string;
  readonly stdlib: SharedArrayBuffer;
  /** Changes with any of the files. */
  readonly hash: string;
}

/**
 * pyodide 314.0.7. The realm's allow-list and the snapshot rest on these very bytes; others must be looked at first.
 */
const pinned = {
  'pyodide.asm.mjs': 'f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635',
  'pyodide.asm.wasm': 'cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6',
  'python_stdlib.zip': 'fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a',
} as const;

/**
 * @param folder holds `repl-worker.js`, `repl-realm.js` and `pyodide/`, as tools/build.mjs writes them.
 * @throws when a file is missing or is not the pinned one.
 */
export async function loadAssets(folder: string): Promise<ReplAssets> {
  const [glue, wasm, stdlib, realm, worker] = await Promise.all([
    readPinned(folder, 'pyodide.asm.mjs'),
    readPinned(folder, 'pyodide.asm.wasm'),
    readPinned(folder, 'python_stdlib.zip'),
    readFile(join(folder, 'repl-realm.js'), 'utf8'),
    readFile(join(folder, 'repl-worker.js'), 'utf8'),
  ]);
  return {
    workerFile: resolve(folder, 'repl-worker.js'),
    wasm: await WebAssembly.compile(wasm),
    glue: asScript(glue.toString('utf8')),
    realm,
    stdlib: toShared(stdlib),
    hash: sha256([...Object.values(pinned), realm, worker].join('\n')),
  };
}

async function readPinned(folder: string, name: keyof typeof pinned): Promise<Buffer<ArrayBuffer>> {
  const bytes = await readFile(join(folder, 'pyodide', name));
  if (sha256(bytes) !== pinned[name]) throw new Error(`${name} is not the file of the pinned pyodide version`);
  return bytes;
}

/** The glue is an ES module, which a bare vm context cannot load. */
function asScript(glue: string): string {
  const body = glue
    .replaceAll('import.meta.url', '"file:///pyodide.asm.mjs"')
    .replace(/export default _createPyodideModule;?\s*$/, '');
  return `${body}\n;_createPyodideModule`;
}

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function toShared(bytes: Uint8Array): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(shared).set(bytes);
  return shared;
}
