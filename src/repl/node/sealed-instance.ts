import vm from 'node:vm';
import type { CreateModule } from './realm/emscripten.ts';
import type { RealmHost, RealmLimits, SealedInterpreter } from './realm/host.ts';
import type { WorkerSetup } from './wire.ts';

interface SealedRealm {
  defineAmbient(host: RealmHost): void;
  boot(
    create: CreateModule,
    wasm: WebAssembly.Module,
    host: RealmHost,
    limits: RealmLimits,
  ): Promise<SealedInterpreter>;
}

/** Compiled once for each worker; evaluated once for each realm. */
export interface RealmScripts {
  readonly glue: vm.Script;
  readonly realm: vm.Script;
}

export function compileScripts({ glue, realm, codeCache }: WorkerSetup): RealmScripts {
  const cachedData = codeCache ? { cachedData: Buffer.from(codeCache) } : {};
  return {
    glue: new vm.Script(glue, { filename: 'pyodide.asm.js', ...cachedData }),
    realm: new vm.Script(`${realm}\n;sealedRealm`, { filename: 'repl-realm.js' }),
  };
}

/** A fresh interpreter in a fresh bare context: no Node globals, no code from strings. */
export async function startInstance(
  scripts: RealmScripts,
  { wasm, limits }: WorkerSetup,
  host: RealmHost,
): Promise<SealedInterpreter> {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });
  // The compiled module came from the host's realm: without this it would not pass the realm's `instanceof`.
  Object.setPrototypeOf(wasm, vm.runInContext('WebAssembly.Module.prototype', context));
  const realm = scripts.realm.runInContext(context) as SealedRealm;
  realm.defineAmbient(host);
  const create = scripts.glue.runInContext(context) as CreateModule;
  return realm.boot(create, wasm, host, Object.setPrototypeOf({ ...limits }, null));
}
