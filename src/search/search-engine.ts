import { answerQuery } from './answer-query.ts';
import type { SearchQuery, SearchReply } from './code-search.ts';
import type { FileWords } from './file-words.ts';
import { WordReader } from './read-words.ts';
import { Vocabulary } from './vocabulary.ts';
import { buildIndex, type WordIndex } from './word-index.ts';

/** One file of a corpus: where its text lies, and the hash that tells whether it is the same as before. */
export type CorpusFile = readonly [path: string, offset: number, byteLength: number, hash: string];

export interface SearchCorpus {
  readonly id: number;
  readonly files: readonly CorpusFile[];
  readonly bytes: SharedArrayBuffer;
}

export interface SearchCall {
  readonly corpus: number;
  /** `null`: all of the corpus. */
  readonly paths: readonly string[] | null;
  readonly texts: Readonly<Record<string, string>>;
  readonly query: SearchQuery;
}

interface Loaded {
  readonly corpus: SearchCorpus;
  readonly words: ReadonlyMap<string, FileWords>;
  readonly spans: ReadonlyMap<string, CorpusFile>;
  readonly vocabulary: Vocabulary;
  /** Of the whole corpus, and of the last part that was asked for. */
  whole: WordIndex | undefined;
  part: { readonly key: string; readonly index: WordIndex } | undefined;
}

/** Corpora kept: the newest, and the one before it, which a run may still be asking. */
const kept = 2;

/** Reads corpora into words and answers queries over them, all in one thread. What did not change is not read again. */
export class SearchEngine {
  readonly #corpora = new Map<number, Loaded>();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  load(corpus: SearchCorpus): void {
    if (this.#corpora.has(corpus.id)) return;
    const before = [...this.#corpora.values()].at(-1);
    const known = new Map(before?.corpus.files.map(([path, , , hash]) => [`${path}\0${hash}`, before.words.get(path)]));
    const unchanged = corpus.files.filter(([path, , , hash]) => known.has(`${path}\0${hash}`)).length;
    // Words of what is gone pile up in a vocabulary; a workspace that is mostly new gets a new one.
    const isRefresh = before !== undefined && unchanged * 2 > corpus.files.length;
    const vocabulary = isRefresh ? before.vocabulary : new Vocabulary();
    const reader = new WordReader(vocabulary);
    const words = new Map<string, FileWords>();
    for (const file of corpus.files) {
      const [path, , , hash] = file;
      const same = isRefresh ? known.get(`${path}\0${hash}`) : undefined;
      words.set(path, same ?? reader.read(path, this.#textOf(corpus, file)));
    }
    const spans = new Map(corpus.files.map((file) => [file[0], file]));
    const loaded: Loaded = { corpus, words, spans, vocabulary, whole: undefined, part: undefined };
    loaded.whole = buildIndex(vocabulary, [...words.values()]);
    this.#corpora.set(corpus.id, loaded);
    const [oldest] = this.#corpora.keys();
    if (this.#corpora.size > kept && oldest !== undefined) this.#corpora.delete(oldest);
  }

  has(corpus: number): boolean {
    return this.#corpora.has(corpus);
  }

  /** @throws RangeError with a sentence for who asked. */
  search({ corpus: id, paths, texts, query }: SearchCall): SearchReply {
    const loaded = this.#corpora.get(id);
    if (loaded === undefined) throw new Error(`corpus ${id} is not loaded`);
    const textOf = (path: string): string => {
      if (Object.hasOwn(texts, path)) return texts[path] ?? '';
      const span = loaded.spans.get(path);
      return span === undefined ? '' : this.#textOf(loaded.corpus, span);
    };
    return answerQuery(indexOf(loaded, paths, texts), textOf, query);
  }

  #textOf({ bytes }: SearchCorpus, [, offset, byteLength]: CorpusFile): string {
    return this.#decoder.decode(new Uint8Array(bytes, offset, byteLength));
  }
}

/** A part is counted by itself: whoever may see only some files gets hits, and frequencies, of those alone. */
function indexOf(loaded: Loaded, paths: SearchCall['paths'], texts: SearchCall['texts']): WordIndex {
  const made = Object.keys(texts);
  if (paths === null && made.length === 0 && loaded.whole !== undefined) return loaded.whole;
  const key = made.length === 0 ? JSON.stringify(paths) : undefined;
  if (key !== undefined && loaded.part?.key === key) return loaded.part.index;
  const given = (paths ?? [...loaded.words.keys()]).filter((path) => !Object.hasOwn(texts, path));
  const files = given.flatMap((path) => loaded.words.get(path) ?? []);
  const reader = new WordReader(loaded.vocabulary);
  const written = made.map((path) => reader.read(path, texts[path] ?? ''));
  const index = buildIndex(loaded.vocabulary, [...files, ...written]);
  if (key !== undefined) loaded.part = { key, index };
  return index;
}
