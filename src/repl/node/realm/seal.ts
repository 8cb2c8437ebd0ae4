import { allowed, softFailures } from './allow-list.ts';
import type { WasmImport } from './emscripten.ts';

export interface Seal {
  /** The first denied import that was called, or ''. */
  readonly violation: () => string;
  /** Replaces in place: `imports` is also the table from which dlsym and the GOT resolve. */
  apply(imports: Record<string, unknown>, gotFunctions: readonly string[], memoryBytes: number): void;
}

export function createSeal(): Seal {
  let violation = '';
  const trap = (name: string) => () => {
    violation ||= name;
    throw new Error(`sealed: denied import ${name}`);
  };
  return {
    violation: () => violation,
    apply(imports, gotFunctions, memoryBytes) {
      for (const [name, value] of Object.entries(imports))
        if (typeof value === 'function' && !allowed.has(name))
          imports[name] = replacement(name, value as WasmImport, trap);
      stubBridge(imports);
      // Null pointers for functions nobody calls (OpenGL…), so that no trampoline is compiled for them.
      for (const name of gotFunctions) if (typeof imports[name] === 'function') imports[name] = { value: 0 };
      capMemory(imports, memoryBytes);
    },
  };
}

function replacement(name: string, original: WasmImport, trap: (name: string) => WasmImport): WasmImport {
  const answer = softFailures[name];
  if (answer === undefined) return trap(name);
  const soft: WasmImport = () => answer;
  if (original.sig !== undefined) soft.sig = original.sig;
  return soft;
}

/** CPython asks the JavaScript bridge for its error marker while it starts; the bridge itself does not exist. */
function stubBridge(imports: Record<string, unknown>): void {
  const marker = Symbol('error');
  imports.Jsv_GetError_import = () => marker;
  imports.JsvError_Check = (value: unknown) => value === marker;
}

/** Beyond the cap growing fails, which Python sees as MemoryError. */
function capMemory(imports: Record<string, unknown>, memoryBytes: number): void {
  const grow = imports.emscripten_resize_heap as (bytes: number) => number;
  imports.emscripten_resize_heap = (bytes: number) => (bytes >>> 0 > memoryBytes ? 0 : grow(bytes));
}
