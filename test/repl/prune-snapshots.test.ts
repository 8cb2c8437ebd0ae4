import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markUsed, pruneSnapshots } from '../../src/repl/node/prune-snapshots.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2026, 5, 1);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prune-snapshots-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const heap = (n: number) => `interpreter-${n.toString(16).padStart(32, '0')}.heap`;
const code = (n: number) => heap(n).replace('.heap', '-v8-13.6.233.17-node.53-x64.code');

async function put(name: string, ageDays: number): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, 'x');
  const at = new Date(now - ageDays * day);
  await utimes(file, at, at);
  return file;
}

const left = async () => (await readdir(folder)).toSorted();

test('what was used within two weeks stays, of the rest the four newest files', async () => {
  for (const n of [1, 2, 3]) for (const name of [heap(n), code(n)]) await put(name, n);
  for (const n of [20, 21, 22]) for (const name of [heap(n), code(n)]) await put(name, n);
  await pruneSnapshots(folder, [], now);
  expect(await left()).toEqual([1, 2, 3].flatMap((n) => [code(n), heap(n)]).toSorted());
});

test('the four newest stay however old they are, and so does the one in use', async () => {
  const current = await put(heap(99), 99);
  for (const n of [20, 21, 22]) for (const name of [heap(n), code(n)]) await put(name, n);
  await pruneSnapshots(folder, [current], now);
  expect(await left()).toEqual([heap(99), ...[20, 21].flatMap((n) => [code(n), heap(n)])].toSorted());
});

test('files of others are left alone; what a killed process left half written goes after an hour', async () => {
  for (const n of [20, 21, 22, 23, 24]) await put(heap(n), n);
  const others = ['notes.heap', 'interpreter-short.heap', 'runs.jsonl'];
  for (const name of others) await put(name, 400);
  await put(`${heap(1)}.6f1c.tmp`, 0.01);
  await put(`${heap(2)}.6f1c.tmp`, 1);
  await pruneSnapshots(folder, [], now);
  expect(await left()).toEqual([...others, `${heap(1)}.6f1c.tmp`, ...[20, 21, 22, 23].map(heap)].toSorted());
});

test('what cannot be read or deleted is no error', async () => {
  for (const n of [20, 21, 22, 23]) await put(heap(n), n);
  await mkdir(join(folder, heap(50)));
  await put(join(heap(50), 'inside'), 50);
  await pruneSnapshots(folder, [], now);
  expect(await left()).toContain(heap(50));
  await expect(pruneSnapshots(join(folder, 'missing'), [], now)).resolves.toBeUndefined();
  await expect(markUsed([join(folder, 'missing')])).resolves.toBeUndefined();
});

test('using a snapshot makes it young again', async () => {
  const file = await put(heap(30), 30);
  for (const n of [20, 21, 22, 23, 24]) await put(heap(n), n);
  await markUsed([file], new Date(now));
  expect((await stat(file)).mtimeMs).toBe(now);
  await pruneSnapshots(folder, [], now);
  expect(await left()).toEqual([heap(30), ...[20, 21, 22].map(heap)].toSorted());
});
