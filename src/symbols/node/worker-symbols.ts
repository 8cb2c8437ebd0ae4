import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HostRefusal } from '../../repl/repl.ts';
import type { Snapshot } from '../../workspace/snapshot.ts';
import type { SymbolQuery, SymbolReply, SymbolScope, SymbolSource } from '../symbol-source.ts';
import type { FromWorker, ToWorker, WireFile, WorkerSetup } from './wire.ts';

export interface WorkerSymbolsOptions {
  /** Holds `symbol-worker.cjs` and `tree-sitter/` (the build's `dist`). */
  readonly assetsDir: string;
}

/** Parsers in a thread of their own, which starts at the first question and keeps what it has read, by content. */
export const createSymbolSource = ({ assetsDir }: WorkerSymbolsOptions): SymbolSource => new WorkerSymbols(assetsDir);

interface Pending {
  readonly message: Extract<ToWorker, { kind: 'ask' }>;
  readonly snapshot: Snapshot;
  readonly resolve: (reply: SymbolReply) => void;
  readonly reject: (error: unknown) => void;
}

class WorkerSymbols implements SymbolSource {
  readonly #assetsDir: string;
  readonly #tooHard = new Set<string>();
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #scopes = new WeakMap<Snapshot, number>();
  /** A snapshot that nobody holds any more frees its bytes in the thread as well. */
  readonly #gone = new FinalizationRegistry<number>((scope) => this.#worker?.postMessage({ kind: 'drop', scope }));
  #numbers = 0;
  #closed = false;

  constructor(assetsDir: string) {
    this.#assetsDir = resolve(assetsDir);
  }

  async ask(query: SymbolQuery, { snapshot, texts }: SymbolScope, signal: AbortSignal): Promise<SymbolReply> {
    signal.throwIfAborted();
    if (this.#closed) throw new HostRefusal('the parsers are closed');
    if (
      'path' in query &&
      query.text === undefined &&
      snapshot.file(query.path) === undefined &&
      !Object.hasOwn(texts, query.path)
    )
      throw new HostRefusal(`no file ${JSON.stringify(query.path.slice(0, 300))} among the files`);
    const id = ++this.#numbers;
    const cancelled = new SharedArrayBuffer(4);
    const { promise, resolve, reject } = Promise.withResolvers<SymbolReply>();
    const scope = this.#scopeOf(snapshot);
    const pending: Pending = {
      message: { kind: 'ask', id, scope, query, texts, cancelled },
      snapshot,
      resolve,
      reject,
    };
    this.#pending.set(id, pending);
    const stop = () => {
      Atomics.store(new Int32Array(cancelled), 0, 1);
      this.#pending.delete(id);
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    this.#send(pending.message);
    return promise.finally(() => signal.removeEventListener('abort', stop));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#failAll('the parsers are closed');
    await this.#worker?.terminate();
  }

  #scopeOf(snapshot: Snapshot): number {
    const known = this.#scopes.get(snapshot);
    if (known !== undefined) return known;
    const scope = ++this.#numbers;
    this.#scopes.set(snapshot, scope);
    this.#gone.register(snapshot, scope);
    const files = snapshot.files.map(
      ({ path, offset, byteLength, hash, language }): WireFile => [path, offset, byteLength, hash, language],
    );
    this.#send({ kind: 'scope', scope, bytes: snapshot.bytes, files });
    return scope;
  }

  #send(message: ToWorker): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const workerData: WorkerSetup = { grammarDir: join(this.#assetsDir, 'tree-sitter'), tooHard: [...this.#tooHard] };
    const file = join(this.#assetsDir, 'symbol-worker.cjs');
    const worker = new Worker(file, { workerData, env: {}, execArgv: [], stdout: true, stderr: true });
    worker.stdout.resume();
    worker.stderr.resume();
    worker.unref();
    worker.on('message', (message: FromWorker) => this.#take(message));
    worker.on('error', (error) => this.#lost(worker, error.message));
    worker.on('exit', () => this.#lost(worker, 'the thread ended'));
    return worker;
  }

  #take(message: FromWorker): void {
    if (message.kind === 'broken') {
      this.#restartWithout(message.hash);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === 'reply') pending?.resolve(message.reply);
    else pending?.reject(new HostRefusal(message.message));
  }

  /** A new thread that passes over the file on which the parser broke; what was asked is asked again. */
  #restartWithout(hash: string): void {
    this.#tooHard.add(hash);
    const asked = [...this.#pending.values()];
    this.#discard();
    for (const { message, snapshot } of asked) this.#send({ ...message, scope: this.#scopeOf(snapshot) });
  }

  #lost(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#discard();
    this.#failAll(`the parsers ended unexpectedly (${why}); grep() still works`);
  }

  #discard(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#scopes = new WeakMap();
    void worker?.terminate();
  }

  #failAll(why: string): void {
    for (const { reject } of this.#pending.values()) reject(new HostRefusal(why));
    this.#pending.clear();
  }
}
