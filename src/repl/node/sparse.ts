/** A wasm heap without its zero pages, in memory that all threads read: u32 run count, u32 heap length, 8 bytes spare, (u32 start, u32 length)…, bytes. */

const page = 4096;
const headerBytes = 16;

export function toSparse(heap: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const runs = nonZeroRuns(heap);
  const dataBytes = runs.reduce((sum, [, length]) => sum + length, 0);
  const sparse = new Uint8Array(new SharedArrayBuffer(headerBytes + runs.length * 8 + dataBytes));
  new Uint32Array(sparse.buffer).set([runs.length, heap.length]);
  new Uint32Array(sparse.buffer, headerBytes, runs.length * 2).set(runs.flat());
  let at = headerBytes + runs.length * 8;
  for (const [start, length] of runs) {
    sparse.set(heap.subarray(start, start + length), at);
    at += length;
  }
  return sparse;
}

export function sparseHeapLength(sparse: Uint8Array): number {
  return new Uint32Array(sparse.buffer, sparse.byteOffset, 2)[1] ?? 0;
}

/** `heap` must be zeroed and at least `sparseHeapLength` long; `sparse` must begin at a multiple of 4 in its buffer. */
export function applySparse(sparse: Uint8Array, heap: Uint8Array): void {
  const count = new Uint32Array(sparse.buffer, sparse.byteOffset, 1)[0] ?? 0;
  const runs = new Uint32Array(sparse.buffer, sparse.byteOffset + headerBytes, count * 2);
  let at = headerBytes + count * 8;
  for (let run = 0; run < count; run += 1) {
    const length = runs[2 * run + 1] ?? 0;
    heap.set(sparse.subarray(at, at + length), runs[2 * run] ?? 0);
    at += length;
  }
}

function nonZeroRuns(heap: Uint8Array): (readonly [start: number, length: number])[] {
  const words = new BigUint64Array(heap.buffer, heap.byteOffset, heap.length / 8);
  const isZero = (start: number) => words.subarray(start / 8, (start + page) / 8).every((word) => word === 0n);
  const runs: (readonly [number, number])[] = [];
  let start = -1;
  for (let at = 0; at <= heap.length; at += page) {
    const zero = at === heap.length || isZero(at);
    if (!zero && start < 0) start = at;
    if (zero && start >= 0) {
      runs.push([start, at - start]);
      start = -1;
    }
  }
  return runs;
}
