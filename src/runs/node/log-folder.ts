import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTexts } from './run-log.ts';

const keptLogs = 50;
const logName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ-[0-9a-f]{6}\.jsonl$/;

/** Sorted by name they are sorted by time. */
export function newLogFile(folder: string, now: Date): string {
  const time = now.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return join(folder, `${time}-${randomBytes(3).toString('hex')}.jsonl`);
}

/** Removes all but the newest logs that `newLogFile` named. Never rejects: an old log left over hurts nobody. */
export async function pruneLogs(folder: string, kept = keptLogs): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const old = names
    .filter((name) => logName.test(name))
    .toSorted()
    .slice(0, -kept);
  for (const name of old) await removeLog(join(folder, name));
}

/** A log and its texts. Never rejects. */
export async function removeLog(file: string): Promise<void> {
  await Promise.all([rm(file, { force: true }), removeTexts(file)]).catch(() => undefined);
}
