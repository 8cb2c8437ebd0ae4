import { type EmscriptenModule, ErrnoError, errno, type FileNode, type StreamWrite } from './emscripten.ts';
import type { RealmLimits } from './host.ts';

/**
 * Files, folders and pipes live on the JavaScript heap, which the wasm memory cap does not see; when a worker's heap
 * is exhausted the whole process aborts in spite of `resourceLimits` (nodejs/node#47224).
 * Counts what is ever made: deleting gives nothing back, because an open descriptor keeps a deleted file's bytes.
 */
export function applyQuotas(module: EmscriptenModule, limits: RealmLimits): void {
  limitInodes(module, limits.inodes);
  limitDescriptors(module);
  const spend = createBudget(limits.fileBytes);
  limitFiles(module, spend);
  limitPipes(module, spend);
}

type Spend = (bytes: number) => void;

function createBudget(total: number): Spend {
  let left = total;
  return (bytes) => {
    if (!(bytes <= left)) throw new ErrnoError(errno.noSpace);
    left -= bytes;
  };
}

function limitInodes({ FS }: EmscriptenModule, inodes: number): void {
  let left = inodes;
  const create = FS.createNode;
  FS.createNode = (...args) => {
    if (left <= 0) throw new ErrnoError(errno.noSpace);
    left -= 1;
    return create.apply(FS, args);
  };
}

/** Emscripten checks its own limit when it opens, not when it duplicates. */
function limitDescriptors({ FS }: EmscriptenModule): void {
  const create = FS.createStream;
  FS.createStream = (stream, fd = -1) => {
    if (fd > 4096) throw new ErrnoError(errno.tooManyFiles);
    return create.call(FS, stream, fd);
  };
}

function limitFiles({ FS }: EmscriptenModule, spend: Spend): void {
  const { MEMFS } = FS.filesystems;
  const size = (node: FileNode) => node.contents?.length ?? 0;
  const { expandFileStorage, resizeFileStorage } = MEMFS;
  // Before the write, not after: seeking far and writing one byte allocates all that lies between.
  MEMFS.expandFileStorage = (node, capacity) => {
    const growth = capacity - size(node);
    // Emscripten over-allocates up to twofold.
    if (growth > 0) spend(Math.max(growth, size(node)));
    expandFileStorage.call(MEMFS, node, capacity);
  };
  MEMFS.resizeFileStorage = (node, bytes) => {
    spend(Math.max(0, bytes - size(node)));
    resizeFileStorage.call(MEMFS, node, bytes);
  };
  const limited = limitFirstWrite(MEMFS.stream_ops.write, spend);
  MEMFS.stream_ops.write = limited;
  if (MEMFS.ops_table) MEMFS.ops_table.file.stream.write = limited;
}

/** The first write at position 0 copies its buffer without asking for storage. */
function limitFirstWrite(write: StreamWrite, spend: Spend): StreamWrite {
  return function (this: unknown, stream, buffer, at, length, position, own) {
    if (position === 0 && length > (stream.node.contents?.length ?? 0)) spend(length);
    return write.call(this, stream, buffer, at, length, position, own);
  };
}

function limitPipes({ PIPEFS }: EmscriptenModule, spend: Spend): void {
  if (!PIPEFS) return;
  const { write } = PIPEFS.stream_ops;
  PIPEFS.stream_ops.write = function (this: unknown, stream, buffer, at, length, position, own) {
    spend(length);
    return write.call(this, stream, buffer, at, length, position, own);
  };
}
