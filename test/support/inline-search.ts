import type { CodeSearch } from '../../src/search/code-search.ts';
import { SearchEngine } from '../../src/search/search-engine.ts';
import type { CorpusBytes } from '../../src/workspace/corpus-bytes.ts';
import { openCorpus } from '../../src/workspace/node/corpus-reader.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';

/** The search in the calling thread. */
export function inlineSearch(): CodeSearch {
  const engine = new SearchEngine();
  const ids = new Map<CorpusBytes, { readonly id: number; readonly count: number }>();
  const load = ({ bytes, files }: Snapshot) => {
    const known = ids.get(bytes) ?? { id: ids.size + 1, count: files.length };
    ids.set(bytes, known);
    const text = openCorpus(bytes);
    engine.load({ id: known.id, text, files: files.map((f) => [f.path, f.offset, f.byteLength, f.hash] as const) });
    return known;
  };
  return {
    prepare: load,
    async search(query, { snapshot, texts }) {
      const { id, count } = load(snapshot);
      const paths = snapshot.files.length === count ? null : snapshot.files.map(({ path }) => path);
      return engine.search({ corpus: id, paths, texts, query });
    },
    close: async () => undefined,
  };
}
