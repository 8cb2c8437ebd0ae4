import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Other versions of the client share the folder, and each uses its own files: what was used lately stays. */
const unusedMs = 14 * 24 * 60 * 60 * 1000;
const keepNewest = 4;
/** What `writeChecked` leaves when its process is killed; nobody writes for an hour. */
const abandonedMs = 60 * 60 * 1000;

const snapshotFile = /^interpreter-[0-9a-f]{32}(-v8-[\w.-]+)?\.(heap|code)$/;
const temporaryFile = /^interpreter-.*\.tmp$/;

/** Notes that these files are in use, by their modification time. Never rejects. */
export async function markUsed(files: readonly string[], now = new Date()): Promise<void> {
  await Promise.all(files.map((file) => utimes(file, now, now).catch(() => undefined)));
}

/**
 * Deletes interpreter snapshots (17 MB each) that no version has used for two weeks, but for the four newest files and
 * those of `current`; and what killed processes left half written. Touches nothing else. Never rejects: a file that
 * cannot be deleted stays.
 */
export async function pruneSnapshots(folder: string, current: readonly string[], now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const inUse = new Set(current.map((file) => basename(file)));
  const stored = await agesOf(
    folder,
    names.filter((name) => snapshotFile.test(name) && !inUse.has(name)),
    now,
  );
  const unused = stored.toSorted((a, b) => a.ageMs - b.ageMs).slice(keepNewest);
  const temporary = await agesOf(
    folder,
    names.filter((name) => temporaryFile.test(name)),
    now,
  );
  const stale = [
    ...unused.filter(({ ageMs }) => ageMs > unusedMs),
    ...temporary.filter(({ ageMs }) => ageMs > abandonedMs),
  ];
  await Promise.all(stale.map(({ name }) => rm(join(folder, name)).catch(() => undefined)));
}

async function agesOf(folder: string, names: readonly string[], now: number) {
  const ages = names.map(async (name) => {
    const file = await stat(join(folder, name)).catch(() => undefined);
    return file?.isFile() ? [{ name, ageMs: now - file.mtimeMs }] : [];
  });
  return (await Promise.all(ages)).flat();
}
