import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const triesMs = 15;
/** Nobody holds it that long: who did was killed. */
const staleMs = 2000;

/** Does something that only one process may do at a time, and that takes milliseconds. @throws what `work` throws. */
export async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const held = await take(lock);
  try {
    return await work();
  } finally {
    if (held) await rm(lock, { force: true }).catch(() => undefined);
  }
}

/** @returns whether there is a lock now: where none can be made or removed, as on a full disk, the work goes on without. */
async function take(lock: string): Promise<boolean> {
  for (;;) {
    try {
      await mkdir(dirname(lock), { recursive: true });
      await writeFile(lock, '', { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (!isTaken(error)) return false;
    }
    if (!(await isStale(lock))) await pause(triesMs);
    else if (!(await isRemoved(lock))) return false;
  }
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EEXIST';

const isRemoved = (lock: string): Promise<boolean> =>
  rm(lock, { force: true }).then(
    () => true,
    () => false,
  );

/** One that is gone by now is not. A clock that was put back makes old ones look new: those of the future are stale, too. */
async function isStale(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found !== undefined && Math.abs(Date.now() - found.mtimeMs) > staleMs;
}
