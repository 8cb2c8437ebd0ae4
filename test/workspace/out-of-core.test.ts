import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { isSpooled } from '../../src/workspace/corpus-bytes.ts';
import { describeWorkspace } from '../../src/workspace/corpus-map.ts';
import { spoolsIn } from '../../src/workspace/node/corpus-spool.ts';
import { mostPathChars, type SnapshotOptions } from '../../src/workspace/options.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import { MemoryFiles, memorySnapshot, neverAborted } from '../support/workspace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spool-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const spooled = (tree: Readonly<Record<string, string>>, options: SnapshotOptions = {}, openSpool = spoolsIn(folder)) =>
  buildSnapshot(new MemoryFiles({ '/w': tree }), { maxInMemoryBytes: 0, ...options }, neverAborted(), openSpool);

const told = (snapshot: Snapshot) => ({
  id: snapshot.id,
  files: snapshot.files,
  coverage: snapshot.coverage,
  map: describeWorkspace(snapshot),
  texts: snapshot.files.map(({ path }) => snapshot.text(path)),
  lines: snapshot.files.map(({ path, lineCount }) => snapshot.lines(path, 1, lineCount)),
});

test('what is kept in a file is what is kept in memory', async () => {
  const name = fc.stringMatching(/^[a-c]{1,2}$/);
  const text = fc.string({ unit: fc.constantFrom('a', 'ß', '☃', '😀', '\n', '\r', ' '), maxLength: 40 });
  const openSpool = spoolsIn(folder);
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        fc.oneof(
          name,
          fc.tuple(name, name).map(([a, b]) => `d${a}/${b}`),
        ),
        text,
      ),
      async (tree) => {
        expect(told(await spooled(tree, {}, openSpool))).toEqual(told(await memorySnapshot(tree)));
      },
    ),
    { numRuns: 60 },
  );
});

test('the text goes over in several pieces, and only once it is too much', async () => {
  const tree = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}.txt`, `${n}☃`.repeat(1_000_000)]));
  const large = await spooled(tree, { maxInMemoryBytes: 10_000_000 });
  expect(isSpooled(large.bytes)).toBe(true);
  expect(large.bytes.byteLength).toBe(36_000_000);
  expect(large.text('f8.txt')).toBe(tree['f8.txt']);
  const small = await spooled({ 'a.txt': 'text' }, { maxInMemoryBytes: 4 });
  expect(isSpooled(small.bytes)).toBe(false);
});

test('the file is of this user alone, holds the texts one after another, and is the only one', async () => {
  const { bytes } = await spooled({ a: 'one', b: 'two' });
  if (!isSpooled(bytes)) throw new Error('it is in memory');
  expect(readdirSync(folder)).toHaveLength(1);
  expect(readFileSync(bytes.file, 'utf8')).toBe('onetwo');
  if (process.platform !== 'win32') expect(statSync(bytes.file).mode & 0o777).toBe(0o600);
});

test('without a place for it, what is too large for memory is left out and said so', async () => {
  const { coverage } = await memorySnapshot({ a: '12345', b: '1' }, { maxInMemoryBytes: 5 });
  expect(coverage.leftOut).toEqual([{ path: 'b', reason: 'limit', detail: 'the limit of 5 bytes was reached' }]);
});

test('the table of files that a REPL is told is bounded: a hostile repository cannot outgrow its thread', async () => {
  const long = (n: number) => `${'d'.repeat(mostPathChars / 4 - 2)}/${n}`;
  const tree = Object.fromEntries([0, 1, 2, 3, 4].map((n) => [long(n), 'x']));
  const { files, coverage } = await memorySnapshot(tree, { maxFiles: 1e9 });
  expect(files).toHaveLength(4);
  expect(coverage.leftOut).toMatchObject([
    { path: long(4), reason: 'limit', detail: expect.stringContaining('all paths') },
  ]);
});

test('nothing is left of a snapshot that was not finished', async () => {
  const stop = new AbortController();
  class Stopping extends MemoryFiles {
    override async read(key: string, path: string, most: number) {
      if (path === 'c') stop.abort(new Error('stopped'));
      return await super.read(key, path, most);
    }
  }
  const large = { a: 'x'.repeat(5_000_000), b: 'y'.repeat(5_000_000), c: 'z' };
  const options = { maxInMemoryBytes: 0, maxFileBytes: 6_000_000 };
  await expect(buildSnapshot(new Stopping({ '/w': large }), options, stop.signal, spoolsIn(folder))).rejects.toThrow(
    'stopped',
  );
  expect(readdirSync(folder)).toEqual([]);
});

test('the file goes when nobody holds its snapshot any more', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept = await spooled({ a: 'one' });
  await spooled({ b: 'two' });
  await expect
    .poll(() => {
      collect();
      return readdirSync(folder).length;
    })
    .toBe(1);
  expect(kept.text('a')).toBe('one');
});

test('what a killed process left is removed, what a living one holds is not', async () => {
  const dead = `${hostname()}-99999999-1.text`;
  const others = [`${hostname()}-1-1.text`, 'elsewhere-99999999-1.text', 'notes.txt'];
  for (const name of [dead, ...others]) writeFileSync(join(folder, name), 'x');
  await spooled({ a: 'one' });
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(others));
  expect(readdirSync(folder)).not.toContain(dead);
});

test('a place that cannot be written is named, with what to do', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await expect(spooled({ a: 'one' }, {}, spoolsIn(join(file, 'corpora')))).rejects.toThrow(
    /cannot be kept in .*not a directory.*Make room/,
  );
});
