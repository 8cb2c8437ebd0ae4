import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { SessionMessage } from '../wire.ts';
import type { LinkListener, WorkerLink } from '../worker-link.ts';
import { readFromWall, type ToWall, type WalledMessage } from './wall-wire.ts';

/** Copied at once; the pipe takes it in pieces of 64 KB. */
const partBytes = 4 * 2 ** 20;
const stderrChars = 2000;

/** One process of workers that may read two folders: no other file, no program, no addon, no variable of the environment. */
export class WalledProcess {
  readonly #child: ChildProcess;
  readonly #listeners = new Map<number, LinkListener>();
  readonly #corpora = new WeakMap<SharedArrayBuffer, { readonly id: number; readonly sent: Promise<void> }>();
  /** A snapshot that nobody holds any more frees its bytes over there as well. */
  readonly #gone = new FinalizationRegistry<number>((corpus) => void this.#send({ kind: 'drop', corpus }));
  readonly #up = Promise.withResolvers<void>();
  #numbers = 0;
  #said = '';
  #endReason: string | null = null;

  constructor(assetsDir: string, cacheDir: string) {
    this.#child = fork(join(assetsDir, 'repl-wall.js'), [assetsDir, cacheDir], {
      serialization: 'advanced',
      // Electron is Node when it is told so.
      env: 'electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {},
      execArgv: [
        '--permission',
        '--allow-worker',
        ...[assetsDir, cacheDir].map((folder) => `--allow-fs-read=${join(folder, '*')}`),
        '--no-warnings',
      ],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-stderrChars);
    });
    this.#child.on('message', (message) => this.#receive(message));
    this.#child.on('error', (error) => this.#end(`the walled process could not be started: ${error.message}`));
    this.#child.on('exit', (code, signal) => this.#end(this.#obituary(code, signal)));
    this.#up.promise.catch(() => undefined);
    this.#holdProcess(false);
  }

  get ended(): boolean {
    return this.#endReason !== null;
  }

  /** Resolves when the wall stands. @throws when it does not. */
  get up(): Promise<void> {
    return this.#up.promise;
  }

  start(listener: LinkListener, memoryBytes: number): WorkerLink {
    const worker = ++this.#numbers;
    this.#listeners.set(worker, listener);
    const send = (message: ToWall) => void this.#send(message);
    // Never before the wall is known to stand.
    void this.up.then(
      () => send({ kind: 'start', worker, memoryBytes }),
      (error: Error) => listener.onEnd(error.message),
    );
    return {
      post: (message) => void this.#numbered(message).then((walled) => send({ kind: 'post', worker, message: walled })),
      reply: (reply) => send({ kind: 'reply', worker, reply }),
      interrupt: () => send({ kind: 'interrupt', worker }),
      keepAlive: () => this.#holdProcess(true),
      terminate: async () => {
        this.#listeners.delete(worker);
        await this.#send({ kind: 'terminate', worker });
        if (this.#listeners.size === 0) this.#holdProcess(false);
      },
    };
  }

  async close(): Promise<void> {
    if (this.ended) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#end('the REPL pool is closed');
    await exited;
  }

  async #numbered(message: SessionMessage): Promise<WalledMessage> {
    if (message.kind === 'run') return message;
    const { bytes, ...rest } = message.corpus;
    const known = this.#corpora.get(bytes) ?? this.#newCorpus(bytes);
    await known.sent;
    return { ...message, corpus: { ...rest, bytes: known.id } };
  }

  #newCorpus(bytes: SharedArrayBuffer) {
    const id = ++this.#numbers;
    const corpus = { id, sent: this.#copy(id, new Uint8Array(bytes)) };
    this.#corpora.set(bytes, corpus);
    this.#gone.register(bytes, id);
    return corpus;
  }

  async #copy(corpus: number, bytes: Uint8Array): Promise<void> {
    await this.#send({ kind: 'bytes', corpus, total: bytes.length });
    for (let at = 0; at < bytes.length; at += partBytes)
      await this.#send({ kind: 'part', corpus, at, bytes: bytes.slice(at, at + partBytes) });
  }

  /** Resolves when it is on its way, or when there is nobody to send it to. */
  #send(message: ToWall): Promise<void> {
    return new Promise((resolve) => {
      if (this.#child.connected) this.#child.send(message, () => resolve());
      else resolve();
    });
  }

  #receive(value: unknown): void {
    const message = readFromWall(value);
    switch (message?.kind) {
      case undefined:
        this.#end('the walled process said what it never says');
        return;
      case 'up':
        if (message.problem === '') this.#up.resolve();
        else this.#end(`the second wall does not stand: ${message.problem}`);
        return;
      case 'said':
        this.#listeners.get(message.worker)?.onMessage(message.message);
        return;
      case 'ended':
        this.#listeners.get(message.worker)?.onEnd(message.reason);
        return;
    }
  }

  #end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#up.reject(new Error(reason));
    this.#child.kill('SIGKILL');
    for (const { onEnd } of this.#listeners.values()) onEnd(reason);
    this.#listeners.clear();
  }

  #obituary(code: number | null, signal: string | null): string {
    const how = signal === null ? `with code ${code}` : `by ${signal}`;
    if (/bad option/.test(this.#said))
      return `this runtime (Node ${process.versions.node}) has no permission model, so interpreters cannot run in a walled process; choose the sandbox "thread"`;
    const said = this.#said.trim().split('\n').at(-1) ?? '';
    return `the walled process ended ${how}${said === '' ? '' : `: ${said.slice(0, 300)}`}`;
  }

  /** Whether it keeps this process alive. */
  #holdProcess(hold: boolean): void {
    for (const one of [this.#child, this.#child.channel]) {
      if (hold) one?.ref();
      else one?.unref();
    }
  }
}
