import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CorpusBytes } from '../../workspace/corpus-bytes.ts';
import type { Snapshot } from '../../workspace/snapshot.ts';
import type { CodeSearch, SearchQuery, SearchReply, SearchScope } from '../code-search.ts';
import type { FromSearchWorker, ToSearchWorker, WireCorpus } from './wire.ts';

export interface WorkerSearchOptions {
  /** Holds `search-worker.js` (the build's `dist`). */
  readonly assetsDir: string;
  /** A query that takes longer is given up: its expression runs away. Default 20 s, reading not counted. */
  readonly queryMs?: number;
  /** Told when a snapshot has been read: milliseconds of work, and the thread's memory after it. */
  readonly onLoaded?: (ms: number, bytes: number) => void;
}

/** Search in a thread of its own, started at the first snapshot. One that dies is replaced at the next question. */
export function createCodeSearch(options: WorkerSearchOptions): CodeSearch {
  return new WorkerSearch(options);
}

interface Corpus {
  readonly id: number;
  readonly whole: Snapshot;
}

interface Waiting {
  readonly resolve: (reply: SearchReply) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly loaded: Set<number>;
  /** Corpora that it was given and has not read yet. */
  loading: number;
  readonly waiting: Map<number, Waiting>;
}

/** The thread keeps two corpora. */
const kept = 2;

class WorkerSearch implements CodeSearch {
  readonly #options: WorkerSearchOptions;
  /** By their bytes, which a snapshot and its parts share: the largest that was seen. */
  readonly #corpora = new WeakMap<CorpusBytes, Corpus>();
  #thread: Thread | undefined;
  #nextId = 1;
  #closed = false;

  constructor(options: WorkerSearchOptions) {
    this.#options = options;
  }

  prepare(snapshot: Snapshot): void {
    if (this.#closed) return;
    this.#load(this.#running(), snapshot);
  }

  async search(query: SearchQuery, { snapshot, texts }: SearchScope, signal: AbortSignal): Promise<SearchReply> {
    signal.throwIfAborted();
    if (this.#closed) throw new Error('The search is closed.');
    const thread = this.#running();
    const { id: corpus, whole } = this.#load(thread, snapshot);
    const paths = snapshot.files.length === whole.files.length ? null : snapshot.files.map(({ path }) => path);
    const id = this.#nextId++;
    const answered = new Promise<SearchReply>((resolve, reject) => thread.waiting.set(id, { resolve, reject }));
    post(thread, { kind: 'search', id, call: { corpus, paths, texts, query } });
    return this.#within(thread, answered, signal).finally(() => thread.waiting.delete(id));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const thread = this.#thread;
    if (thread === undefined) return;
    this.#end(thread, 'the search was closed');
    await thread.worker.terminate();
  }

  #load(thread: Thread, snapshot: Snapshot): Corpus {
    const known = this.#corpora.get(snapshot.bytes);
    const isLarger = known === undefined || snapshot.files.length > known.whole.files.length;
    const corpus = isLarger ? { id: this.#nextId++, whole: snapshot } : known;
    this.#corpora.set(snapshot.bytes, corpus);
    if (thread.loaded.has(corpus.id)) return corpus;
    thread.loaded.add(corpus.id);
    const [oldest] = thread.loaded;
    if (thread.loaded.size > kept && oldest !== undefined) thread.loaded.delete(oldest);
    thread.loading++;
    post(thread, { kind: 'load', corpus: corpusOf(corpus) });
    return corpus;
  }

  #running(): Thread {
    if (this.#thread !== undefined) return this.#thread;
    const worker = new Worker(resolve(join(this.#options.assetsDir, 'search-worker.js')));
    const thread: Thread = { worker, loaded: new Set(), loading: 0, waiting: new Map() };
    worker.on('message', (message: FromSearchWorker) => this.#receive(thread, message));
    worker.on('error', (error) => this.#end(thread, error.message));
    worker.on('exit', () => this.#end(thread, 'its thread ended'));
    // Reading ahead must not keep the process alive; a run that waits has its own reasons to live.
    worker.unref();
    this.#thread = thread;
    return thread;
  }

  #receive(thread: Thread, message: FromSearchWorker): void {
    if (message.kind === 'loaded') {
      thread.loading--;
      this.#options.onLoaded?.(message.ms, message.bytes);
      return;
    }
    const waiting = thread.waiting.get(message.id);
    if (message.kind === 'found') waiting?.resolve(message.reply);
    else waiting?.reject(message.isRefusal ? new RangeError(message.message) : new Error(message.message));
  }

  #end(thread: Thread, reason: string): void {
    if (this.#thread === thread) this.#thread = undefined;
    for (const { reject } of thread.waiting.values()) reject(new Error(`The search failed: ${reason}`));
    thread.waiting.clear();
  }

  /** The clock runs only while the thread is not reading. */
  #within(thread: Thread, answered: Promise<SearchReply>, signal: AbortSignal): Promise<SearchReply> {
    const limit = this.#options.queryMs ?? 20_000;
    return new Promise((resolve, reject) => {
      let spent = 0;
      const step = Math.min(500, limit / 4);
      const timer = setInterval(() => {
        if (thread.loading > 0) return;
        spent += step;
        if (spent < limit) return;
        this.#end(thread, 'the query took too long');
        void thread.worker.terminate();
        reject(new RangeError(`the search took longer than ${limit / 1000} s; use a simpler expression`));
      }, step);
      const stop = () => reject(signal.reason);
      signal.addEventListener('abort', stop, { once: true });
      answered.then(resolve, reject).finally(() => {
        clearInterval(timer);
        signal.removeEventListener('abort', stop);
      });
    });
  }
}

const post = ({ worker }: Thread, message: ToSearchWorker): void => worker.postMessage(message);

function corpusOf({ id, whole: { files, bytes } }: Corpus): WireCorpus {
  return {
    id,
    bytes,
    files: files.map(({ path, offset, byteLength, hash }) => [path, offset, byteLength, hash] as const),
  };
}
