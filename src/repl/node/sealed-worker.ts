import type { Corpus } from '../repl.ts';
import type { FromWorker, SessionMessage } from './wire.ts';
import type { StartLink, WorkerLink } from './worker-link.ts';

export interface WorkerListener {
  onCall(id: number, request: Uint8Array): void;
  onDone(report: Uint8Array, ms: number, waitMs: number): void;
  /** Once; nothing follows it. */
  onEnd(reason: string): void;
}

/** The host's side of one worker: whichever way it ends, everyone who waits is told. */
export class SealedWorker {
  readonly #link: WorkerLink;
  #listener: WorkerListener | null = null;
  #waiting: { readonly kind: 'ready' | 'opened'; resolve(): void; reject(error: Error): void } | null = null;
  #endReason: string | null = null;
  readonly #ready: Promise<void>;

  constructor(start: StartLink) {
    this.#ready = this.#expect('ready');
    this.#link = start({ onMessage: (message) => this.#receive(message), onEnd: (reason) => this.#end(reason) });
  }

  get ended(): boolean {
    return this.#endReason !== null;
  }

  /** Attaches a ready interpreter to its workspace. @throws when the worker ends first. */
  async open(corpus: Corpus, question: string): Promise<void> {
    this.#link.keepAlive();
    await this.#ready;
    this.#link.post({ kind: 'open', corpus, question });
    await this.#expect('opened');
  }

  /** Only after `open`, between two cells. @throws when the worker ends first. */
  async refresh(corpus: Corpus, question: string): Promise<void> {
    if (this.#endReason === null) this.#link.post({ kind: 'refresh', corpus, question });
    await this.#expect('opened');
  }

  /** Only after `open`, one cell at a time. */
  run(cell: Omit<Extract<SessionMessage, { kind: 'run' }>, 'kind'>, listener: WorkerListener): void {
    this.#listener = listener;
    if (this.#endReason === null) this.#link.post({ kind: 'run', ...cell });
    else this.#tellEnd();
  }

  reply(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    this.#link.reply({ id, bytes });
  }

  /** Raises KeyboardInterrupt in the cell, also when it waits for the host. C loops and `except BaseException` do not hear it. */
  interrupt(): void {
    this.#link.interrupt();
  }

  async terminate(reason: string): Promise<void> {
    this.#end(reason);
    await this.#link.terminate();
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
