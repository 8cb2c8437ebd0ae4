import { expect, it } from 'vitest';
import { indexedFiles } from '../../src/search/indexed-files.ts';
import { SearchEngine } from '../../src/search/search-engine.ts';
import { openCorpus } from '../../src/workspace/node/corpus-reader.ts';
import { memorySnapshot } from '../support/workspace.ts';

const tree = {
  'data.json': '{"lease": 1}',
  'docs/lease.md': 'A lease is renewed.\n',
  'src/large.ts': `const lease = 1;\n${'// more and more\n'.repeat(50)}`,
  'src/small.ts': 'export const lease = renew();\n',
  'test/lease.test.ts': 'renew(lease);\n',
};

const spans = async () => {
  const { bytes, files } = await memorySnapshot(tree);
  return { text: openCorpus(bytes), files: files.map((f) => [f.path, f.offset, f.byteLength, f.hash] as const) };
};

it('sources go before tests and documents, these before data, small before large', async () => {
  const { files } = await spans();
  const taken = (bytes: number) => indexedFiles(files, bytes).files.map(([path]) => path);
  expect(taken(40)).toEqual(['src/small.ts']);
  expect(taken(900)).toEqual(
    ['docs/lease.md', 'src/large.ts', 'src/small.ts', 'test/lease.test.ts'].filter((path) => taken(900).includes(path)),
  );
  expect(taken(900)).not.toContain('data.json');
  expect(taken(10_000)).toEqual(Object.keys(tree).sort());
});

it('says how much was not ranked, and ranks a part whole that fits', async () => {
  const { text, files } = await spans();
  const engine = new SearchEngine(60);
  engine.load({ id: 1, text, files });
  const ask = (paths: readonly string[] | null) =>
    engine.search({ corpus: 1, paths, texts: {}, query: { text: 'lease', k: 5 } });
  const all = ask(null);
  expect(all.filesSearched).toBe(1);
  expect(all.notes).toEqual([expect.stringContaining('1 of 5 files were ranked')]);
  const part = ask(['data.json', 'docs/lease.md']);
  expect(part.hits.map(({ path }) => path).sort()).toEqual(['data.json', 'docs/lease.md']);
  expect(part.notes).toEqual([]);
});
