import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { isSpooled } from '../../../workspace/corpus-bytes.ts';
import type { SessionMessage } from '../wire.ts';
import type { LinkListener, WorkerLink } from '../worker-link.ts';
import { encodeFrame, FrameReader } from './frames.ts';
import { InterruptCount } from './interrupt-count.ts';
import { descriptor, readFromWall, type ToWall } from './wall-wire.ts';

const partBytes = 4 * 2 ** 20;
const stderrChars = 2000;

export interface WallOptions {
  readonly assetsDir: string;
  readonly cacheDir: string;
  /** Folders, by each of the paths that they are opened with: permissions know nothing of links. */
  readonly readable: readonly string[];
  readonly memoryBytes: number;
}

/** A process for one interpreter that may read two folders: no other file, no program, no thread, no addon, no environment. */
export class WalledProcess implements WorkerLink {
  readonly #listener: LinkListener;
  readonly #child: ChildProcess;
  readonly #interrupts = new InterruptCount();
  readonly #frames = new FrameReader();
  /** The corpus that it has. */
  #bytes: SharedArrayBuffer | null = null;
  #sending: Promise<void> = Promise.resolve();
  #stands = false;
  #said = '';
  #ended = false;

  constructor(options: WallOptions, listener: LinkListener) {
    this.#listener = listener;
    const { assetsDir, cacheDir, readable, memoryBytes } = options;
    const main = join(assetsDir, 'repl-wall.js');
    this.#child = spawn(process.execPath, [...flags(readable), main, assetsDir, cacheDir, String(memoryBytes)], {
      // Electron is Node when it is told so.
      env: 'electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {},
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', this.#interrupts.readable],
    });
    this.#child.on('error', (error) => this.#end(`its process could not be started: ${error.message}`));
    this.#child.on('close', (code, signal) => this.#end(this.#obituary(code, signal)));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-stderrChars);
    });
    this.#out.on('data', (chunk: Uint8Array) => this.#receive(chunk)).on('error', () => undefined);
    // A process that ends while it is written to; how it ended is told once.
    this.#in.on('error', () => undefined);
    this.#hold(false);
  }

  post(message: SessionMessage): void {
    if (message.kind === 'run') {
      this.#send({ ...message, interrupts: this.#interrupts.count });
      return;
    }
    const { corpus, ...rest } = message;
    const { bytes, ...named } = corpus;
    if (isSpooled(bytes)) {
      this.#send({ ...rest, corpus: { ...named, bytes } });
      return;
    }
    if (this.#bytes !== bytes) this.#sending = this.#sending.then(() => this.#copy(new Uint8Array(bytes)));
    this.#bytes = bytes;
    this.#send({ ...rest, corpus: named });
  }

  reply({ id, bytes }: Parameters<WorkerLink['reply']>[0]): void {
    this.#send({ kind: 'reply', id }, bytes);
  }

  interrupt(): void {
    this.#interrupts.add();
    this.#send({ kind: 'interrupt', interrupts: this.#interrupts.count });
  }

  keepAlive(): void {
    this.#hold(true);
  }

  async terminate(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.#child.pid === undefined) return;
    // Who waits for its end must live to see it.
    this.#hold(true);
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  get #in(): Writable {
    return this.#child.stdio[descriptor.in] as Writable;
  }

  get #out(): Readable {
    return this.#child.stdio[descriptor.out] as Readable;
  }

  #send(head: ToWall, body?: Uint8Array): void {
    this.#sending = this.#sending.then(() => this.#write(head, body));
  }

  async #copy(bytes: Uint8Array): Promise<void> {
    await this.#write({ kind: 'bytes', total: bytes.length });
    for (let at = 0; at < bytes.length; at += partBytes)
      await this.#write({ kind: 'part', at }, bytes.slice(at, at + partBytes));
  }

  /** Resolves when there is room for more, also when nobody reads any more. */
  #write(head: ToWall, body?: Uint8Array): Promise<void> {
    if (this.#ended || !this.#in.writable) return Promise.resolve();
    const [prefix, text, rest] = encodeFrame(head, body);
    this.#in.write(prefix);
    this.#in.write(text);
    return new Promise((resolve) => this.#in.write(rest, () => resolve()));
  }

  #receive(chunk: Uint8Array): void {
    try {
      for (const frame of this.#frames.push(chunk)) this.#take(readFromWall(frame));
    } catch (error) {
      this.#end(`its process said what it never says: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** @throws for whatever is not to be said, or not yet. */
  #take(message: ReturnType<typeof readFromWall>): void {
    if (message === undefined || (message.kind === 'up') === this.#stands) throw new Error('an unknown message');
    if (message.kind !== 'up') this.#listener.onMessage(message);
    else if (message.problem === '') this.#stands = true;
    else this.#end(`the second wall does not stand: ${message.problem}`);
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#interrupts.close();
    this.#listener.onEnd(reason);
    void this.terminate();
  }

  #obituary(code: number | null, signal: string | null): string {
    if (/bad option/.test(this.#said))
      return `Node ${process.versions.node} has no permission model, so there can be no walled process; choose the sandbox "thread"`;
    const said = /^\S*(?:Error|FATAL)\b.*/m.exec(this.#said)?.[0] ?? '';
    return `its process ended ${signal === null ? `with code ${code}` : `by ${signal}`}${said === '' ? '' : `: ${said.slice(0, 300)}`}`;
  }

  /** Whether it keeps this process alive. */
  #hold(hold: boolean): void {
    const handles = [this.#child, ...this.#child.stdio] as readonly ({ ref?(): void; unref?(): void } | null)[];
    for (const one of handles) {
      if (hold) one?.ref?.();
      else one?.unref?.();
    }
  }
}

/** Permissions: https://nodejs.org/api/permissions.html. The main thread's stack is the system's, of 8 MB; Windows' is smaller. */
function flags(folders: readonly string[]): readonly string[] {
  const stack = process.platform === 'win32' ? [] : ['--stack-size=3900'];
  return [
    '--permission',
    ...folders.map((folder) => `--allow-fs-read=${join(folder, '*')}`),
    '--no-warnings',
    ...stack,
  ];
}
