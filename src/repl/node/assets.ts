import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sha256, sha256InSteps } from './digest.ts';
import { readWhole, shared } from './read-whole.ts';

/** The scripts of a realm: small, so that workers can begin with them while the rest is loaded. */
export interface RealmSources {
  /** pyodide's JavaScript glue as a script whose value is the factory. */
  readonly glue: string;
  readonly realm: string;
  /** Changes with any of the assets, also with those that are not loaded yet. */
  readonly hash: string;
}

/** What every interpreter of a process shares. */
export interface Machine {
  readonly wasm: WebAssembly.Module;
  readonly stdlib: Uint8Array<SharedArrayBuffer>;
}

/**
 * pyodide 314.0.7. The realm's allow-list and the snapshot rest on these very bytes; others must be looked at first.
 */
const pinned = {
  'pyodide.asm.mjs': 'f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635',
  'pyodide.asm.wasm': 'cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6',
  'python_stdlib.zip': 'fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a',
} as const;

export const workerFile = (folder: string): string => resolve(folder, 'repl-worker.js');

/**
 * @param folder holds `repl-worker.js`, `repl-realm.js` and `pyodide/`, as tools/build.mjs writes them.
 * @throws when a file is missing or is not the pinned one.
 */
export async function loadSources(folder: string): Promise<RealmSources> {
  const [glue, realm, worker] = await Promise.all([
    readFile(join(folder, 'pyodide', 'pyodide.asm.mjs')),
    readFile(join(folder, 'repl-realm.js'), 'utf8'),
    readFile(workerFile(folder), 'utf8'),
  ]);
  await mustBePinned('pyodide.asm.mjs', glue);
  const hash = sha256([...Object.values(pinned), realm, worker].join('\n'));
  return { glue: asScript(glue.toString('utf8')), realm, hash };
}

/** @param folder as for `loadSources`. @throws when a file is missing or is not the pinned one. */
export async function loadMachine(folder: string): Promise<Machine> {
  const [wasm, stdlib] = await Promise.all([loadWasm(folder), loadStdlib(folder)]);
  return { wasm, stdlib };
}

/** Compiling runs nothing, so it goes on beside the check. */
async function loadWasm(folder: string): Promise<WebAssembly.Module> {
  const bytes = await readWhole(join(folder, 'pyodide', 'pyodide.asm.wasm'), (size) => new ArrayBuffer(size));
  const [module] = await Promise.all([WebAssembly.compile(bytes), mustBePinned('pyodide.asm.wasm', bytes)]);
  return module;
}

async function loadStdlib(folder: string): Promise<Uint8Array<SharedArrayBuffer>> {
  const bytes = await readWhole(join(folder, 'pyodide', 'python_stdlib.zip'), shared);
  await mustBePinned('python_stdlib.zip', bytes);
  return bytes;
}

async function mustBePinned(name: keyof typeof pinned, bytes: Uint8Array): Promise<void> {
  if ((await sha256InSteps(bytes)).toString('hex') !== pinned[name])
    throw new Error(`${name} is not the file of the pinned pyodide version`);
}

/**
 * What the glue does at every start only for libraries loaded later, of which a sealed interpreter has none: it enters all
 * 8 560 exports into tables for `dlopen`. Of these the interpreter itself looks up one, `main`.
 */
const forLibraries: readonly (readonly [from: string, to: string])[] = [
  ['mergeLibSymbols(wasmExports,"main");', 'mergeLibSymbols({__main_argc_argv:wasmExports.__main_argc_argv},"main");'],
  ['updateGOT(origExports);', ''],
];

/** The glue as a script (it is an ES module, which a bare vm context cannot load), without its work for libraries. */
function asScript(glue: string): string {
  const body = glue
    .replaceAll('import.meta.url', '"file:///pyodide.asm.mjs"')
    .replace(/export default _createPyodideModule;?\s*$/, '');
  const lean = forLibraries.reduce((text, [from, to]) => text.replace(from, to), body);
  return `${lean}\n;_createPyodideModule`;
}
