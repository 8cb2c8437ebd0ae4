import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sha256InSteps } from './digest.ts';
import { readWhole, shared } from './read-whole.ts';

const digestBytes = 32;

/** @returns what `writeChecked` stored, or `undefined` when the file is missing, unreadable or damaged. */
export async function readChecked(file: string): Promise<Uint8Array<SharedArrayBuffer> | undefined> {
  const stored = await readWhole(file, shared).catch(() => undefined);
  if (!stored || stored.length < digestBytes) return undefined;
  const bytes = stored.subarray(digestBytes);
  return (await sha256InSteps(bytes)).equals(stored.subarray(0, digestBytes)) ? bytes : undefined;
}

/** All or nothing, also when several processes write at once. @returns whether the file could be written. */
export async function writeChecked(file: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, [await sha256InSteps(bytes), bytes]);
    await rename(temporary, file);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}
