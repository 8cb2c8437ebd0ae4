import { defineAmbient, removeCompilers } from './ambient.ts';
import { mountCorpus, mountHost } from './devices.ts';
import type { CreateModule, EmscriptenModule } from './emscripten.ts';
import type { RealmHost, RealmLimits, SealedInterpreter } from './host.ts';
import { applyQuotas } from './quotas.ts';
import { createSeal, type Seal } from './seal.ts';
import { moduleSettings } from './settings.ts';

// Bundled to one script and evaluated inside the bare vm context (globalName `sealedRealm`): no Node, no imports.

/** To be called before the glue is evaluated: it looks for its globals at once. */
export { defineAmbient };

/**
 * Runs the glue up to the point where it needs the WebAssembly module.
 * @returns what starts CPython inside this realm, from the host's snapshot when it is to come from one.
 */
export function prepare(
  create: CreateModule,
  host: RealmHost,
  limits: RealmLimits,
  fromSnapshot: boolean,
): (wasm: WebAssembly.Module) => Promise<SealedInterpreter> {
  const seal = createSeal();
  let instantiate: ((wasm: WebAssembly.Module) => void) | undefined;
  const created = create({
    ...moduleSettings(fromSnapshot, limits.stdioChars, (text) => host.stdio(text)),
    preRun: [(booting: EmscriptenModule) => furnish(booting, host)],
    instantiateWasm(imports: WasmImports, done: Instantiated): object {
      instantiate = (wasm) => done(instanceOf(wasm, imports, seal, limits.memoryBytes), wasm);
      return {};
    },
  });
  return async (wasm) => {
    if (!instantiate) throw new Error('the glue did not ask for its WebAssembly module');
    instantiate(wasm);
    const module = await created;
    if (fromSnapshot) restore(module, host);
    applyQuotas(module, limits);
    listenForSignals(module, host);
    removeCompilers();
    return {
      run: (source) => runSimpleString(module, source),
      violation: seal.violation,
      heap: () => module.HEAPU8,
    };
  };
}

function furnish({ FS, ENV }: EmscriptenModule, host: RealmHost): void {
  FS.mkdirTree('/lib/python3.14/site-packages');
  FS.mkdirTree('/lib/python3.14/lib-dynload');
  FS.mkdirTree('/home/user');
  FS.chdir('/home/user');
  const stdlib = new Uint8Array(host.stdlibLength());
  host.stdlib(stdlib);
  FS.createDataFile('/lib', 'python314.zip', stdlib, true, false, true);
  // A fixed hash seed makes the snapshot reproducible; `random` is seeded anew after every restore.
  Object.assign(ENV, { HOME: '/home/user', PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1', PYTHONINSPECT: '1' });
  mountCorpus(FS, host);
  mountHost(FS, host);
}

type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;
type WasmImports = { readonly env: Record<string, unknown> } & Record<string, Record<string, unknown>>;

function instanceOf(
  wasm: WebAssembly.Module,
  imports: WasmImports,
  seal: Seal,
  memoryBytes: number,
): WebAssembly.Instance {
  const got = WebAssembly.Module.imports(wasm).filter(({ module }) => module === 'GOT.func');
  seal.apply(
    imports.env,
    got.map(({ name }) => name),
    memoryBytes,
  );
  return new WebAssembly.Instance(wasm, imports as WebAssembly.Imports);
}

function restore(module: EmscriptenModule, host: RealmHost): void {
  const wanted = host.snapshotLength();
  if (module.HEAPU8.length < wanted) module.growMemory(wanted);
  host.snapshot(module.HEAPU8);
  module.runtimeKeepalivePush();
}

function listenForSignals(module: EmscriptenModule, host: RealmHost): void {
  module.HEAP8[module._Py_EMSCRIPTEN_SIGNAL_HANDLING] = 1;
  // The glue reads and then clears; were that two steps, a signal that comes in between would be lost.
  module.Py_EmscriptenSignalBuffer = {
    get 0() {
      return host.takeSignal();
    },
    set 0(_: number) {},
  };
}

function runSimpleString(module: EmscriptenModule, source: string): number {
  const pointer = module.stringToNewUTF8(source);
  const status = module._PyRun_SimpleString(pointer);
  module._free(pointer);
  return status;
}
