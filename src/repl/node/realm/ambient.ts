import { ErrnoError, errno } from './emscripten.ts';
import type { RealmHost } from './host.ts';

/** Paths are the only long strings that cross; an endless one would be built on the JavaScript heap, whose exhaustion kills the process. */
const maxDecodedBytes = 16_384;

/** The few globals the glue looks for. `WorkerGlobalScope` makes it take its browser-worker path: no fs, no child_process. */
export function defineAmbient(host: RealmHost): void {
  class TextDecoder {
    decode(bytes: Uint8Array): string {
      if (bytes.byteLength > maxDecodedBytes) throw new ErrnoError(errno.nameTooLong);
      return host.decode(bytes);
    }
  }
  Object.assign(globalThis, {
    WorkerGlobalScope: class {},
    TextDecoder,
    performance: { now: () => host.now() },
    crypto: {
      getRandomValues(view: Uint8Array): Uint8Array {
        host.random(view);
        return view;
      },
    },
    setTimeout: () => 0,
    clearTimeout: () => undefined,
  });
}

/** After the interpreter stands, nothing in this realm can make another WebAssembly module. */
export function removeCompilers(): void {
  for (const name of ['Module', 'Instance', 'compile', 'instantiate', 'compileStreaming', 'instantiateStreaming'])
    Object.defineProperty(WebAssembly, name, { value: undefined });
}
