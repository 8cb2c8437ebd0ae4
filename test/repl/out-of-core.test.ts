import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WarmReplPool } from '../../src/repl/node/pool.ts';
import type { Corpus } from '../../src/repl/repl.ts';
import { SearchEngine } from '../../src/search/search-engine.ts';
import { corpusFiles } from '../../src/symbols/node/corpus-files.ts';
import { LoadedSnapshot } from '../../src/workspace/loaded-snapshot.ts';
import { openCorpus } from '../../src/workspace/node/corpus-reader.ts';
import { openRepl, testPool } from '../support/repl.ts';

// Text beyond 4 GB, where no 32 bits reach: a file with a hole, which takes no room.
const base = 5 * 2 ** 30 + 7;
const texts = { 'a.py': 'def renew_lease(session):\n    return "☃"\n', 'b/c.md': 'A lease is renewed.\nTwice.\n' };

let folder: string;
let corpus: Corpus;
let pool: WarmReplPool;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'far-'));
  corpus = farCorpus(join(folder, 'far.text'));
  pool = await testPool();
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
});

function farCorpus(file: string): Corpus {
  writeFileSync(file, '');
  const descriptor = openSync(file, 'r+');
  let offset = base;
  const index = Object.entries(texts).map(([path, text]) => {
    const byteLength = writeSync(descriptor, text, offset);
    offset += byteLength;
    return [path, offset - byteLength, byteLength] as const;
  });
  closeSync(descriptor);
  return { bytes: { file, byteLength: offset }, index, texts: {} };
}

it('Python reads and searches files beyond 4 GB', async () => {
  const { repl, print } = await openRepl(pool, { corpus });
  expect(await print('print(files["a.py"] + files["b/c.md"], end="")')).toBe(Object.values(texts).join(''));
  expect(await print('print([(h.path, h.line) for h in grep("lease")], [len(t) for t in files.values()])')).toBe(
    "[('a.py', 1), ('b/c.md', 1)] [41, 27]\n",
  );
  expect(await print('print(read("b/c.md", 2, 2), cite("a.py", 2), files.size("a.py"))')).toBe(
    '2  Twice. [a.py:2-2] 43\n',
  );
  await repl.close();
});

it('the host reads lines, ranks and looks for names there', () => {
  const reader = openCorpus(corpus.bytes);
  const language = 'python';
  const files = corpus.index.map(([path, offset, byteLength]) => ({ path, offset, byteLength, language, hash: path }));
  const coverage = { filesTotal: 2, filesLoaded: 2, bytesLoaded: 69, leftOut: [] };
  const counted = files.map((file) => ({ ...file, lineCount: 2 }));
  const snapshot = new LoadedSnapshot({
    id: '',
    roots: [],
    files: counted,
    text: { bytes: corpus.bytes, reader },
    coverage,
  });
  expect(snapshot.lines('b/c.md', 2, 2)).toEqual(['Twice.']);
  const code = corpusFiles(
    reader,
    files.map((one) => [one.path, one.offset, one.byteLength, one.hash, one.language] as const),
  );
  expect(code.files.map((file) => file.holds('renew_lease'))).toEqual([true, false]);
  const engine = new SearchEngine();
  engine.load({ id: 1, text: reader, files: files.map((f) => [f.path, f.offset, f.byteLength, f.hash] as const) });
  const { hits } = engine.search({ corpus: 1, paths: null, texts: {}, query: { text: 'renew lease', k: 2 } });
  expect(hits.map(({ path, start }) => [path, start])).toEqual([
    ['a.py', 1],
    ['b/c.md', 1],
  ]);
  reader.close();
});

it('a text that is cut short is an error in Python, and no crash', async () => {
  const file = join(folder, 'cut.text');
  const far = farCorpus(file);
  const { repl, run, print } = await openRepl(pool, { corpus: far });
  truncateSync(file, base + 10);
  const { status, error } = await run('files["a.py"]');
  expect(status).toBe('error');
  expect(error).toContain('OSError');
  expect(await print('print(len(files))')).toBe('2\n');
  await repl.close();
});

it('a text that is gone is said when the REPL is opened', async () => {
  const gone: Corpus = { ...corpus, bytes: { file: join(folder, 'gone.text'), byteLength: 10 } };
  await expect(openRepl(pool, { corpus: gone })).rejects.toThrow(/text of the workspace cannot be opened.*ENOENT/);
});
