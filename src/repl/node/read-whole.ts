import { open } from 'node:fs/promises';

/**
 * A file's bytes, read at once into memory of the wanted kind; `readFile` reads large files in many pieces and cannot read
 * into shared memory. @throws when the file cannot be read, or shrinks meanwhile.
 */
export async function readWhole<T extends ArrayBufferLike>(
  file: string,
  allocate: (bytes: number) => T,
): Promise<Uint8Array<T>> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(allocate(size));
    for (let at = 0; at < size; ) {
      const { bytesRead } = await handle.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error(`${file} became shorter while it was read`);
      at += bytesRead;
    }
    return bytes;
  } finally {
    await handle.close();
  }
}

export const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
