import { Semaphore } from '../../util/semaphore.ts';
import type { Repl, ReplOptions, ReplPool } from '../repl.ts';
import { orAbort } from './or-abort.ts';
import { type Sandbox, type SandboxKind, ThreadSandbox } from './sandbox.ts';
import { SealedRepl, type WorkerSource } from './sealed-repl.ts';
import { SealedWorker } from './sealed-worker.ts';
import { ProcessSandbox } from './wall/process-sandbox.ts';

export interface ReplPoolOptions {
  /** Holds `repl-worker.js`, `repl-realm.js` and `pyodide/` (the build's `dist`). */
  readonly assetsDir: string;
  /** Where the interpreter's snapshot is kept between processes (about 16 MB). Need not exist; nor be writable, but for `process`. */
  readonly cacheDir: string;
  /** Workers kept ready for the next `open`. Default 1. */
  readonly warm?: number;
  /** REPLs open at once at each depth. Default 8. */
  readonly perDepth?: number;
  /** Limit of an interpreter's memory; Python sees MemoryError. Default 512 MB. */
  readonly memoryCapBytes?: number;
  /** `process`: each has a process that may read our assets and the cache, and do nothing else. Default `thread`. */
  readonly sandbox?: SandboxKind;
}

export interface WarmReplPool extends ReplPool {
  /** Loads the assets and starts the warm workers, so that the first `open` need not. @throws when assets are missing. */
  warmUp(): Promise<void>;
}

/** Who takes a worker has work for the cores at once: unless a child is on its way, the successor can wait. */
const successorDelayMs = 2000;

/**
 * Starts nothing until `warmUp` or `open`. Every REPL has a thread of its own, which ends with it. A fresh realm in a used
 * thread starts sooner (64 short REPLs through 8 places on two cores: 3.8 s against 5.6 s) but holds the old interpreter's
 * memory until V8 collects it (1.0 GB against 0.65 GB, for REPLs that did nothing): not worth it beside model calls.
 */
export function createReplPool(options: ReplPoolOptions): WarmReplPool {
  return new SealedPool(options);
}

class SealedPool implements WarmReplPool, WorkerSource {
  readonly #options: Required<ReplPoolOptions>;
  readonly #places = new Map<number, Semaphore>();
  readonly #idle: SealedWorker[] = [];
  readonly #open = new Set<Repl>();
  readonly #sandbox: Sandbox;
  #successor: NodeJS.Timeout | null = null;
  readonly #closing = new AbortController();

  constructor(options: ReplPoolOptions) {
    this.#options = { warm: 1, perDepth: 8, memoryCapBytes: 512 * 2 ** 20, sandbox: 'thread', ...options };
    const { sandbox } = this.#options;
    this.#sandbox = sandbox === 'thread' ? new ThreadSandbox(this.#options) : new ProcessSandbox(this.#options);
  }

  async warmUp(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const loaded = this.#sandbox.load();
    this.#refill();
    await loaded;
  }

  async open(options: ReplOptions, depth: number, signal: AbortSignal): Promise<Repl> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    const giveBack = await this.#placesAt(depth).acquire(either);
    try {
      const worker = await orAbort(this.take(options), either, (late) => late.terminate('nobody waits for it'));
      const repl: Repl = new SealedRepl(worker, this.#announcingChildren(options), this, () => {
        this.#open.delete(repl);
        giveBack();
      });
      this.#open.add(repl);
      return repl;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The REPL pool is closed.'));
    if (this.#successor) clearTimeout(this.#successor);
    await Promise.all([...this.#open].map((repl) => repl.close()));
    await Promise.all(this.#idle.splice(0).map((worker) => worker.terminate('the pool closed')));
  }

  async take({ corpus, question }: ReplOptions): Promise<SealedWorker> {
    this.#closing.signal.throwIfAborted();
    const worker = this.#takeIdle() ?? new SealedWorker(this.#sandbox.start());
    this.#refillSoon();
    try {
      await worker.open(corpus, question);
      return worker;
    } catch (error) {
      await worker.terminate('it did not start');
      throw error;
    }
  }

  #refillSoon(): void {
    this.#successor ??= setTimeout(() => this.#refill(), successorDelayMs).unref();
  }

  /** A child wants an interpreter as soon as its model has answered: it starts beside that. */
  #announcingChildren(options: ReplOptions): ReplOptions {
    const onCall: ReplOptions['onCall'] = (call, signal) => {
      if (call.op.startsWith('rlm_')) this.#refill();
      return options.onCall(call, signal);
    };
    return { ...options, onCall };
  }

  #refill(): void {
    if (this.#successor) clearTimeout(this.#successor);
    this.#successor = null;
    if (this.#closing.signal.aborted) return;
    const alive = this.#idle.splice(0).filter((worker) => !worker.ended);
    while (alive.length < this.#options.warm) alive.push(new SealedWorker(this.#sandbox.start()));
    this.#idle.push(...alive);
  }

  #takeIdle(): SealedWorker | undefined {
    for (;;) {
      const worker = this.#idle.shift();
      if (!worker?.ended) return worker;
    }
  }

  #placesAt(depth: number): Semaphore {
    const places = this.#places.get(depth) ?? new Semaphore(this.#options.perDepth);
    this.#places.set(depth, places);
    return places;
  }
}
