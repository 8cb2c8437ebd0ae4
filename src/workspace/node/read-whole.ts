import { close, constants, fstatSync, open, read, readlinkSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ReadResult } from '../workspace-files.ts';
import { errorText } from './system.ts';

// The callback functions, made into promises, are twice as fast as fs/promises with its file handles.
const calls = { open: promisify(open), close: promisify(close) };

/** A link is not followed, and a pipe not waited for, where the system can be told so. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Reads what the file held when it was measured: what is appended meanwhile is not in it. What has become something else than
 * a file since it was listed is not read. Never rejects.
 * @param path without links in it, also among its folders.
 */
export async function readWhole(path: string, maxBytes: number): Promise<ReadResult> {
  try {
    const descriptor = await calls.open(path, flags);
    try {
      return await readOpened(descriptor, path, maxBytes);
    } finally {
      await calls.close(descriptor);
    }
  } catch (error) {
    return { kind: 'failed', detail: errorText(error) };
  }
}

async function readOpened(descriptor: number, path: string, maxBytes: number): Promise<ReadResult> {
  // Of an open file it is known at once.
  const found = fstatSync(descriptor);
  if (!found.isFile()) return { kind: 'failed', detail: 'no longer a file' };
  if (!isAt(descriptor, path)) return { kind: 'failed', detail: 'no longer in its folder' };
  if (found.size > maxBytes) return { kind: 'too-large', size: found.size };
  if (found.size === 0) return { kind: 'bytes', bytes: new Uint8Array(0) };
  return { kind: 'bytes', bytes: await readBytes(descriptor, found.size) };
}

/** One of its folders may have become a link. Only Linux tells where an open file is; elsewhere nothing is known against it. */
function isAt(descriptor: number, path: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`) === path;
  } catch {
    return true;
  }
}

async function readBytes(descriptor: number, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const count = await readSome(descriptor, bytes, filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

function readSome(descriptor: number, bytes: Uint8Array, from: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, bytes, from, bytes.length - from, from, (error, count) =>
      error ? reject(error) : resolve(count),
    );
  });
}
