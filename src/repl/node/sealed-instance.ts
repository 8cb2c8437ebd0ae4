import vm from 'node:vm';
import type { CreateModule } from './realm/emscripten.ts';
import type { RealmHost, RealmLimits, SealedInterpreter } from './realm/host.ts';
import type { Prepare } from './wire.ts';

/** Starts the interpreter of a prepared realm; once. */
export type BootRealm = (wasm: WebAssembly.Module) => Promise<SealedInterpreter>;

interface SealedRealm {
  defineAmbient(host: RealmHost): void;
  prepare(create: CreateModule, host: RealmHost, limits: RealmLimits, fromSnapshot: boolean): BootRealm;
}

export interface RealmScripts {
  readonly glue: vm.Script;
  readonly realm: vm.Script;
}

export function compileScripts({ glue, realm, codeCache }: Prepare): RealmScripts {
  const cachedData = codeCache ? { cachedData: Buffer.from(codeCache) } : {};
  return {
    glue: new vm.Script(glue, { filename: 'pyodide.asm.js', ...cachedData }),
    realm: new vm.Script(`${realm}\n;sealedRealm`, { filename: 'repl-realm.js' }),
  };
}

/** A fresh bare context (no Node globals, no code from strings), with all done that does not need the WebAssembly module. */
export function prepareRealm(
  scripts: RealmScripts,
  limits: RealmLimits,
  fromSnapshot: boolean,
  host: RealmHost,
): BootRealm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, { codeGeneration: { strings: false, wasm: true } });
  const realm = scripts.realm.runInContext(context) as SealedRealm;
  realm.defineAmbient(host);
  const create = scripts.glue.runInContext(context) as CreateModule;
  const boot = realm.prepare(create, host, Object.setPrototypeOf({ ...limits }, null), fromSnapshot);
  return (wasm) => {
    // The compiled module came from the host's realm: without this it would not pass the realm's `instanceof`.
    Object.setPrototypeOf(wasm, vm.runInContext('WebAssembly.Module.prototype', context));
    return boot(wasm);
  };
}
