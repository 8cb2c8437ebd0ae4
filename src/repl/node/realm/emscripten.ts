// The part of pyodide 314.0.7's Emscripten glue that the realm touches. Private structure: the version is pinned exactly.

export interface FileNode {
  contents?: Uint8Array;
}

export interface Stream {
  position: number;
  seekable: boolean;
  readonly node: FileNode;
}

interface DeviceOps {
  open(stream: Stream): void;
  close(stream: Stream): void;
  llseek?(stream: Stream, offset: number, whence: number): number;
  read?(stream: Stream, heap: Int8Array, at: number, length: number, position: number): number;
  write?(stream: Stream, heap: Int8Array, at: number, length: number): number;
}

/** `stream_ops.write` of MEMFS and PIPEFS; whoever wraps it must pass every argument on. */
export type StreamWrite = (
  stream: Stream,
  buffer: Uint8Array,
  at: number,
  length: number,
  position: number,
  own?: boolean,
) => number;

interface MemoryFileSystem {
  readonly stream_ops: { write: StreamWrite };
  readonly ops_table: { readonly file: { readonly stream: { write: StreamWrite } } } | null;
  expandFileStorage(node: FileNode, capacity: number): void;
  resizeFileStorage(node: FileNode, size: number): void;
}

export interface FileSystem {
  readonly filesystems: { readonly MEMFS: MemoryFileSystem };
  createNode(...args: unknown[]): FileNode;
  createStream(stream: Stream, fd?: number): Stream;
  mkdirTree(path: string): void;
  chdir(path: string): void;
  makedev(major: number, minor: number): number;
  registerDevice(device: number, ops: DeviceOps): void;
  mkdev(path: string, mode: number, device: number): void;
  createDataFile(parent: string, name: string, data: Uint8Array, read: boolean, write: boolean, own: boolean): void;
}

export interface EmscriptenModule {
  readonly FS: FileSystem;
  readonly PIPEFS?: { readonly stream_ops: { write: StreamWrite } };
  readonly ENV: Record<string, string>;
  readonly HEAP8: Int8Array;
  readonly HEAPU8: Uint8Array;
  /** Address of the flag that makes CPython look at the signal buffer. */
  readonly _Py_EMSCRIPTEN_SIGNAL_HANDLING: number;
  Py_EmscriptenSignalBuffer: { 0: number };
  growMemory(bytes: number): void;
  runtimeKeepalivePush(): void;
  stringToNewUTF8(text: string): number;
  _PyRun_SimpleString(source: number): number;
  _free(pointer: number): void;
}

export type WasmImport = ((...args: readonly number[]) => unknown) & { sig?: string };

/** `createPyodideModule`, the glue's factory. */
export type CreateModule = (settings: Readonly<Record<string, unknown>>) => Promise<EmscriptenModule>;

/** What FS functions throw and syscalls turn into `-errno`: Emscripten tells it by `name`, not by class. */
export class ErrnoError extends Error {
  override readonly name = 'ErrnoError';
  readonly errno: number;
  constructor(errno: number) {
    super(`errno ${errno}`);
    this.errno = errno;
  }
}

/** WASI numbers. */
export const errno = {
  noSpace: 51,
  notSupported: 52,
  notPermitted: 63,
  nameTooLong: 37,
  tooManyFiles: 33,
  badMessage: 9,
  inputOutput: 29,
} as const;
