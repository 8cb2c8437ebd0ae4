import type { Worker } from 'node:worker_threads';
import type { Corpus } from '../repl.ts';
import { startWorker, type WorkerParts } from './start-worker.ts';
import { type FromWorker, type Reply, sigint, slot, type ToWorker } from './wire.ts';

export interface WorkerListener {
  onCall(id: number, request: Uint8Array): void;
  onDone(report: Uint8Array, ms: number, waitMs: number): void;
  /** Once; nothing follows it. */
  onEnd(reason: string): void;
}

/** The host's side of one worker thread: whichever way the thread ends, everyone who waits is told. */
export class SealedWorker {
  readonly #worker: Worker;
  readonly #shared: Int32Array;
  readonly #replies: { postMessage(reply: Reply, transfer: readonly ArrayBuffer[]): void; close(): void };
  #listener: WorkerListener | null = null;
  #waiting: { readonly kind: 'ready' | 'opened'; resolve(): void; reject(error: Error): void } | null = null;
  #endReason: string | null = null;
  readonly #ready: Promise<void>;

  constructor(file: string, parts: WorkerParts, memoryBytes: number) {
    const { worker, shared, replies, supplied } = startWorker(file, parts, memoryBytes);
    this.#worker = worker;
    this.#shared = shared;
    this.#replies = replies;
    worker.on('message', (message: FromWorker) => this.#receive(message));
    worker.on('error', (error) => this.#end(`its worker failed: ${error.message}`));
    worker.on('exit', (code) => this.#end(`its worker ended with code ${code}`));
    this.#ready = this.#expect('ready');
    supplied.catch((error) => void this.terminate(error instanceof Error ? error.message : String(error)));
    // An idle worker must not keep the process alive.
    worker.unref();
  }

  get ended(): boolean {
    return this.#endReason !== null;
  }

  /** Attaches a ready interpreter to its workspace. @throws when the worker ends first. */
  async open(corpus: Corpus, question: string): Promise<void> {
    this.#worker.ref();
    await this.#ready;
    this.#post({ kind: 'open', corpus, question });
    await this.#expect('opened');
  }

  /** Only after `open`, between two cells. @throws when the worker ends first. */
  async refresh(corpus: Corpus, question: string): Promise<void> {
    if (this.#endReason === null) this.#post({ kind: 'refresh', corpus, question });
    await this.#expect('opened');
  }

  /** Only after `open`, one cell at a time. */
  run(cell: Omit<Extract<ToWorker, { kind: 'run' }>, 'kind'>, listener: WorkerListener): void {
    this.#listener = listener;
    // A late interrupt of the cell before must not end this one.
    Atomics.store(this.#shared, slot.signal, 0);
    if (this.#endReason === null) this.#post({ kind: 'run', ...cell });
    else this.#tellEnd();
  }

  reply(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#replies.postMessage({ id, bytes }, [bytes.buffer]);
    this.#ring();
  }

  /** Raises KeyboardInterrupt in the cell, also when it waits for the host. C loops and `except BaseException` do not hear it. */
  interrupt(): void {
    Atomics.store(this.#shared, slot.signal, sigint);
    this.#ring();
  }

  async terminate(reason: string): Promise<void> {
    this.#end(reason);
    await this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #ring(): void {
    Atomics.add(this.#shared, slot.bell, 1);
    Atomics.notify(this.#shared, slot.bell);
  }

  #expect(kind: 'ready' | 'opened'): Promise<void> {
    const promise = new Promise<void>((resolve, reject) => {
      this.#waiting = { kind, resolve, reject };
      if (this.#endReason !== null) this.#tellEnd();
    });
    // Nobody may be waiting yet when a warm worker dies.
    promise.catch(() => undefined);
    return promise;
  }

  #receive(message: FromWorker): void {
    if (this.#endReason !== null) return;
    switch (message.kind) {
      case 'ready':
      case 'opened':
        if (this.#waiting?.kind === message.kind) this.#waiting.resolve();
        return;
      case 'call':
        this.#listener?.onCall(message.id, message.request);
        return;
      case 'done':
        this.#listener?.onDone(message.report, message.ms, message.waitMs);
        return;
      case 'broken':
        void this.terminate(message.reason);
        return;
      case 'made':
        return;
    }
  }

  #end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#replies.close();
    this.#tellEnd();
  }

  #tellEnd(): void {
    const reason = this.#endReason ?? '';
    const [waiting, listener] = [this.#waiting, this.#listener];
    this.#waiting = null;
    this.#listener = null;
    waiting?.reject(new Error(reason));
    listener?.onEnd(reason);
  }
}
