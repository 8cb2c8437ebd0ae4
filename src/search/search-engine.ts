import type { CorpusReader } from '../workspace/corpus-bytes.ts';
import { answerQuery } from './answer-query.ts';
import type { SearchQuery, SearchReply } from './code-search.ts';
import type { FileWords } from './file-words.ts';
import { indexedFiles } from './indexed-files.ts';
import { WordReader } from './read-words.ts';
import { Vocabulary } from './vocabulary.ts';
import { buildIndex, type WordIndex } from './word-index.ts';

/** One file of a corpus: where its text lies, and the hash that tells whether it is the same as before. */
export type CorpusFile = readonly [path: string, offset: number, byteLength: number, hash: string];

export interface SearchCorpus {
  readonly id: number;
  readonly files: readonly CorpusFile[];
  readonly text: CorpusReader;
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
  /** Files that are not among the words, because there are too many. */
  readonly leftOut: number;
  readonly vocabulary: Vocabulary;
  /** Of the whole corpus, and of the last part that was asked for. */
  whole: WordIndex | undefined;
  part: { readonly key: string; readonly ranked: Ranked } | undefined;
}

/** An index, and how many of the files asked for it does not hold. */
interface Ranked {
  readonly index: WordIndex;
  readonly leftOut: number;
}

/** What is read into words takes about four times its size: 200 MiB take under 1 GiB. */
const maxRankedBytes = 200 * 1024 * 1024;

/** Corpora kept: the newest, and the one before it, which a run may still be asking. */
const kept = 2;

/** Reads corpora into words and answers queries over them, all in one thread. What did not change is not read again. */
export class SearchEngine {
  readonly #corpora = new Map<number, Loaded>();
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param maxBytes of text that is ranked; `grep` sees all of it. */
  constructor(maxBytes = maxRankedBytes) {
    this.#maxBytes = maxBytes;
  }

  load(corpus: SearchCorpus): void {
    if (this.#corpora.has(corpus.id)) {
      corpus.text.close();
      return;
    }
    const before = [...this.#corpora.values()].at(-1);
    const known = new Map(before?.corpus.files.map(([path, , , hash]) => [`${path}\0${hash}`, before.words.get(path)]));
    const unchanged = corpus.files.filter(([path, , , hash]) => known.has(`${path}\0${hash}`)).length;
    // Words of what is gone pile up in a vocabulary; a workspace that is mostly new gets a new one.
    const isRefresh = before !== undefined && unchanged * 2 > corpus.files.length;
    const vocabulary = isRefresh ? before.vocabulary : new Vocabulary();
    const reader = new WordReader(vocabulary);
    const words = new Map<string, FileWords>();
    const { files, leftOut } = indexedFiles(corpus.files, this.#maxBytes);
    for (const file of files) {
      const [path, , , hash] = file;
      const same = isRefresh ? known.get(`${path}\0${hash}`) : undefined;
      words.set(path, same ?? reader.read(path, this.#textOf(corpus, file)));
    }
    const spans = new Map(corpus.files.map((file) => [file[0], file]));
    const loaded: Loaded = { corpus, words, spans, leftOut, vocabulary, whole: undefined, part: undefined };
    loaded.whole = buildIndex(vocabulary, [...words.values()]);
    this.#corpora.set(corpus.id, loaded);
    const [oldest] = this.#corpora.keys();
    if (this.#corpora.size > kept && oldest !== undefined) this.#forget(oldest);
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
    const { index, leftOut } = this.#rankedOf(loaded, paths, texts);
    const reply = answerQuery(index, textOf, query);
    return leftOut === 0 ? reply : { ...reply, notes: [...reply.notes, notRanked(index.files.length, leftOut)] };
  }

  /** A part is counted by itself: whoever may see only some files gets hits, and frequencies, of those alone. */
  #rankedOf(loaded: Loaded, paths: SearchCall['paths'], texts: SearchCall['texts']): Ranked {
    const made = Object.keys(texts);
    if (paths === null && made.length === 0 && loaded.whole !== undefined)
      return { index: loaded.whole, leftOut: loaded.leftOut };
    const key = made.length === 0 ? JSON.stringify(paths) : undefined;
    if (key !== undefined && loaded.part?.key === key) return loaded.part.ranked;
    const given = (paths ?? [...loaded.spans.keys()]).filter((path) => !Object.hasOwn(texts, path));
    const { files, leftOut } = indexedFiles(
      given.map((path) => loaded.spans.get(path)).filter((span) => span !== undefined),
      this.#maxBytes,
    );
    const reader = new WordReader(loaded.vocabulary);
    const words = files.map(
      (file) => loaded.words.get(file[0]) ?? reader.read(file[0], this.#textOf(loaded.corpus, file)),
    );
    const written = made.map((path) => reader.read(path, texts[path] ?? ''));
    const ranked = { index: buildIndex(loaded.vocabulary, [...words, ...written]), leftOut };
    if (key !== undefined) loaded.part = { key, ranked };
    return ranked;
  }

  #forget(id: number): void {
    this.#corpora.get(id)?.corpus.text.close();
    this.#corpora.delete(id);
  }

  #textOf({ text }: SearchCorpus, [, offset, byteLength]: CorpusFile): string {
    return this.#decoder.decode(text.read(offset, byteLength));
  }
}

function notRanked(files: number, leftOut: number): string {
  const all = (files + leftOut).toLocaleString('en');
  return `${files.toLocaleString('en')} of ${all} files were ranked (sources and small files first), the others are too much text; grep() sees all, and fewer files handed to rlm_query() are ranked whole`;
}
