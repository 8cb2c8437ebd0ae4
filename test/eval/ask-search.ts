import { SearchEngine } from '../../src/search/search-engine.ts';
import { openCorpus } from '../../src/workspace/node/corpus-reader.ts';
import type { Snapshot } from '../../src/workspace/snapshot.ts';
import type { Prediction } from './rows.ts';

export interface Asker {
  readonly ask: (question: string) => Promise<Omit<Prediction, 'id' | 'ms'>>;
  readonly close: () => Promise<void>;
}

/** The files and passages that `search(question, 20)` gives. */
export async function searchAsker({ bytes, files }: Snapshot): Promise<Asker> {
  const engine = new SearchEngine();
  engine.load({
    id: 1,
    text: openCorpus(bytes),
    files: files.map((f) => [f.path, f.offset, f.byteLength, f.hash] as const),
  });
  return {
    async ask(text) {
      const { hits } = engine.search({ corpus: 1, paths: null, texts: {}, query: { text, k: 20 } });
      const lines = hits.flatMap(({ path, start, end, also }) =>
        [[start, end] as const, ...also].map(([first, last]) => [path, first, last] as const),
      );
      return { answer: '', files: [...new Set(hits.map(({ path }) => path))], lines, unverified: 0 };
    },
    close: async () => undefined,
  };
}
