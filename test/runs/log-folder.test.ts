import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newLogFile, pruneLogs } from '../../src/runs/node/log-folder.ts';

test('the newest logs stay, older ones go with their texts, other files are not touched', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'log-folder-'));
  const hash = 'a'.repeat(64);
  for (let day = 1; day <= 5; day++) {
    const file = newLogFile(folder, new Date(Date.UTC(2026, 0, day)));
    await mkdir(`${file}.texts`);
    await Promise.all([writeFile(file, '{}'), writeFile(join(`${file}.texts`, hash), 'text')]);
  }
  await writeFile(join(folder, 'notes.jsonl'), 'mine');
  await pruneLogs(folder, 2);
  const days = (await readdir(folder)).map((name) => name.replace(/T00-00-00Z-[0-9a-f]{6}/, '')).toSorted();
  expect(days).toEqual([
    '2026-01-04.jsonl',
    '2026-01-04.jsonl.texts',
    '2026-01-05.jsonl',
    '2026-01-05.jsonl.texts',
    'notes.jsonl',
  ]);
  await rm(folder, { recursive: true });
  await expect(pruneLogs(folder)).resolves.toBeUndefined();
});
