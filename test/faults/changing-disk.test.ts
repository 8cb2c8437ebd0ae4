import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { Chance } from './chance.ts';

const first = Number(process.env.FAULTS_FROM ?? 1);
const count = Number(process.env.FAULTS_RUNS ?? 1000) / 50;
const planted = 'planted-outside-5e1f';
const limits = { maxFileBytes: 100_000 };

/** A folder whose files and folders somebody changes while it is read, and secrets beside it. */
async function changingFolder(seed: number) {
  const chance = new Chance(seed);
  const top = await mkdtemp(join(tmpdir(), 'changing-'));
  const root = join(top, 'root');
  const folders = ['', 'a', 'a/b', 'c', 'c/d/e'];
  for (const folder of ['outside', ...folders.map((one) => `root/${one}`)])
    await mkdir(join(top, folder), { recursive: true });
  await Promise.all(files.map((name) => writeFile(join(top, 'outside', name), `${planted} ${name}`)));
  for (const folder of folders) for (const name of files) await writeFile(join(root, folder, name), content(chance));
  let over = false;
  const pick = <T>(all: readonly T[]): T => all[chance.from(0, all.length - 1)] as T;
  const changes = async () => {
    while (!over) await change(chance, top, pick(folders), pick(files)).catch(() => undefined);
  };
  const changing = changes();
  const remove = async () => {
    over = true;
    await changing;
    await chmod(root, 0o700);
    await rm(top, { recursive: true, force: true });
  };
  return { root, remove };
}

const files = ['one.ts', 'two.py', 'three.md', 'new\nline.ts'];
const content = (chance: Chance) => `const here = ${chance.from(0, 9)};\n`.repeat(chance.from(0, 40));

async function change(chance: Chance, top: string, folder: string, name: string): Promise<void> {
  const file = join(top, 'root', folder, name);
  const aside = join(top, `aside-${chance.from(0, 1e9)}`);
  const secret = join(top, 'outside', name);
  switch (
    chance.of({
      write: 4,
      gone: 2,
      shorter: 2,
      longer: 2,
      large: 1,
      link: 6,
      pipe: 2,
      folder: 1,
      unreadable: 1,
      swap: 6,
    })
  ) {
    case 'write':
      return writeFile(file, content(chance));
    case 'gone':
      return rm(file, { recursive: true });
    case 'shorter':
      return truncate(file, 5);
    case 'longer':
      return writeFile(file, content(chance), { flag: 'a' });
    case 'large':
      return truncate(file, 5_000_000);
    case 'link':
      await symlink(secret, aside);
      return rename(aside, file);
    case 'pipe':
      // Whoever waits for it to be written to waits for ever.
      execFileSync('mkfifo', [aside]);
      await rename(aside, file);
      await setTimeout(2);
      return rm(file);
    case 'folder':
      await rm(file, { recursive: true });
      return void (await mkdir(file));
    case 'unreadable':
      return chmod(file, 0);
    case 'swap':
      return swap(top, folder, aside);
  }
}

/** For a moment a folder is a link out of the root. */
async function swap(top: string, folder: string, aside: string): Promise<void> {
  if (folder === '') return;
  const path = join(top, 'root', folder);
  await rename(path, aside);
  try {
    await symlink(join(top, 'outside'), path);
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    await rm(path);
    await rename(aside, path);
  }
}

/** What was let in from outside, or is not as it is said to be. */
function untrue(snapshot: Snapshot): readonly string[] {
  return snapshot.files.flatMap(({ path, byteLength }) => {
    const text = snapshot.text(path) ?? '';
    return [
      ...(text.includes(planted) ? [`${JSON.stringify(path)} is from outside`] : []),
      ...(byteLength <= limits.maxFileBytes ? [] : [`${JSON.stringify(path)} is larger than the limit`]),
    ];
  });
}

test.runIf(process.platform === 'linux')(
  'a folder that changes while it is read lets nothing in from outside, and ends',
  { timeout: 3_600_000 },
  async () => {
    const broken: string[] = [];
    for (let seed = first; seed < first + count && broken.length < 20; seed++) {
      const { root, remove } = await changingFolder(seed);
      for (let n = 0; n < 20; n++) {
        const files = diskFiles([{ location: root }]);
        const snapshot = await buildSnapshot(files, limits, AbortSignal.timeout(20_000)).catch((error: unknown) =>
          String(error),
        );
        const problems = typeof snapshot === 'string' ? [snapshot] : untrue(snapshot);
        broken.push(...problems.map((problem) => `seed ${seed}: ${problem}`));
      }
      await remove();
    }
    expect(broken).toEqual([]);
  },
);
