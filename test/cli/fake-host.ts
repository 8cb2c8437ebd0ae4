import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliHost, ComposeOptions, Output } from '../../src/cli/cli-host.ts';
import type { AskOptions, Engine, RunEnd } from '../../src/engine-api.ts';
import type { RunEvent } from '../../src/runs/events.ts';

export class Recorder implements Output {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  #error: Error | undefined;

  constructor(isTTY = false, error?: Error) {
    this.isTTY = isTTY;
    this.#error = error;
  }

  write(text: string, done?: (error?: Error | null) => void): boolean {
    this.text += text;
    queueMicrotask(() => done?.(this.#error));
    return true;
  }

  on(): void {}
  off(): void {}
}

/** How a scripted engine behaves: it plays its events, then waits for `cancel` when they hold no `run-end`. */
export class FakeEngine implements Engine {
  readonly asked: { readonly question: string; readonly options: AskOptions }[] = [];
  closed = false;
  readonly #events: readonly RunEvent[];
  readonly #onCancel: readonly RunEvent[];

  constructor(events: readonly RunEvent[], onCancel: readonly RunEvent[] = []) {
    this.#events = events;
    this.#onCancel = onCancel;
  }

  ask(question: string, options: AskOptions = {}) {
    this.asked.push({ question, options });
    return { runId: 'r1', done: this.#play(options), stopAgent: () => undefined };
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  async #play({ onEvent, signal }: AskOptions): Promise<RunEnd> {
    await Promise.resolve();
    for (const event of this.#events) onEvent?.(event);
    const last = this.#events.at(-1);
    if (last?.type === 'run-end') return last;
    if (!signal?.aborted) await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
    for (const event of this.#onCancel) onEvent?.(event);
    const end = this.#onCancel.at(-1);
    return end?.type === 'run-end' ? end : new Promise<never>(() => undefined);
  }
}

export interface FakeHost extends CliHost {
  readonly stdout: Recorder;
  readonly stderr: Recorder;
  readonly composed: ComposeOptions[];
  readonly exits: number[];
  /** What Ctrl-C does. */
  interrupt(): void;
}

/** A host that touches nothing but a temporary folder. */
export function fakeHost(argv: readonly string[], engine: Engine, change: Partial<CliHost> = {}): FakeHost {
  const folder = mkdtempSync(join(tmpdir(), 'ask-cli-'));
  const listeners = new Set<() => void>();
  const composed: ComposeOptions[] = [];
  const exits: number[] = [];
  return {
    argv,
    env: { XDG_STATE_HOME: join(folder, 'state') },
    cwd: folder,
    platform: 'linux',
    version: '1.2.3',
    bundleDir: '/dist',
    projectDir: folder,
    now: () => Date.now(),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    evaluate: async () => 0,
    serve: async () => 0,
    exit: (code) => exits.push(code),
    compose: async (options) => {
      composed.push(options);
      return { engine, sentence: 'scripted, as chosen' };
    },
    listModels: async () => ({ groups: [], text: 'no models\n' }),
    ...change,
    stdout: new Recorder(),
    stderr: new Recorder(),
    composed,
    exits,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
}
