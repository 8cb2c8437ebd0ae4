import { ErrnoError, errno, type FileSystem, type Stream } from './emscripten.ts';
import type { RealmHost } from './host.ts';

const view = (heap: Int8Array, at: number, length: number) => new Uint8Array(heap.buffer, heap.byteOffset + at, length);

/** `/dev/corpus`: the workspace's bytes, read-only, copied straight into wasm memory from the shared buffer or the file they are in. */
export function mountCorpus(fs: FileSystem, host: RealmHost): void {
  const device = fs.makedev(77, 0);
  fs.registerDevice(device, {
    open(stream) {
      stream.seekable = true;
    },
    close() {},
    llseek: (stream: Stream, offset, whence) =>
      whence === 0 ? offset : whence === 1 ? stream.position + offset : host.corpusLength() + offset,
    read(_stream, heap, at, length, position) {
      const count = Math.min(length, host.corpusLength() - position);
      if (!(count > 0 && position >= 0)) return 0;
      if (!host.corpus(view(heap, at, count), position)) throw new ErrnoError(errno.inputOutput);
      return count;
    },
  });
  fs.mkdev('/dev/corpus', 0o444, device);
}

/** `/dev/host`: one write is one request, and returns when its answer is there; reads then drain the answer. */
export function mountHost(fs: FileSystem, host: RealmHost): void {
  let length = 0;
  let taken = 0;
  const device = fs.makedev(78, 0);
  fs.registerDevice(device, {
    open(stream) {
      stream.seekable = false;
    },
    close() {},
    write(_stream, heap, at, count) {
      const answered = host.request(view(heap, at, count));
      if (answered < 0) throw new ErrnoError(errno.badMessage);
      length = answered;
      taken = 0;
      return count;
    },
    read(_stream, heap, at, wanted) {
      const count = Math.min(wanted, length - taken);
      if (count <= 0) return 0;
      host.reply(view(heap, at, count), taken);
      taken += count;
      return count;
    },
  });
  fs.mkdev('/dev/host', 0o666, device);
}
