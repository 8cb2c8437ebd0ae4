import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './until.ts';

/** Where the person is, as the extension host knows it. Lines and columns from 1. */
export interface ActiveEditor {
  readonly path: string;
  readonly dirty: boolean;
  readonly selection: {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
  readonly visible: { readonly startLine: number; readonly endLine: number } | null;
}

/** What the probe extension saw inside an extension host since the last `reset`. */
export interface HostReading {
  /** What the models that the probe offers noted. */
  readonly models: readonly string[];
  /** Thread ids of workers started. */
  readonly workers: readonly number[];
  /** Paths of the workspace that were opened, listed or read. */
  readonly opened: readonly string[];
  /** The longest time between two turns of the event loop, by the clock: others on the machine count too. */
  readonly maxBlockMs: number;
  /** The same in processor time of the host's main thread: what ran there without a pause. */
  readonly maxBusyMs: number;
  /** Of that, all above 20 ms. */
  readonly blocks: readonly number[];
  readonly active: ActiveEditor | null;
}

/** What another extension is told to do. */
export type Order =
  | { readonly tool: string; readonly input: unknown }
  | { readonly command: string; readonly args?: readonly unknown[]; readonly silent?: boolean }
  | { readonly cancel: number }
  | { readonly list: true };

/** Longer than the time between two readings. */
const writtenMs = 600;

/** Watches the extension hosts of one server from the outside, without the product's help. */
export class HostProbe {
  readonly #folder: string;
  #orders = 0;

  /** @param folder where the hosts write, empty. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  environment(workspace: string): Readonly<Record<string, string>> {
    return { ASK_CODEBASE_E2E_PROBE: this.#folder, ASK_CODEBASE_E2E_FOLDER: workspace };
  }

  /** The extension hosts that run. */
  pids(): readonly number[] {
    const names = readdirSync(this.#folder).map((name) => /^host-(\d+)\.json$/.exec(name)?.[1]);
    return names
      .filter((name) => name !== undefined)
      .map(Number)
      .filter(isAlive);
  }

  /** The only running host. */
  get pid(): number {
    const pids = this.pids();
    const [pid] = pids;
    if (pid === undefined || pids.length > 1) throw new Error(`Expected one extension host, not ${pids.length}.`);
    return pid;
  }

  async reset(): Promise<void> {
    await sleep(writtenMs);
    process.kill(this.pid, 'SIGUSR2');
    await sleep(writtenMs);
  }

  /** The newest reading; at most a quarter of a second old. */
  read(): HostReading {
    return JSON.parse(readFileSync(join(this.#folder, `host-${this.pid}.json`), 'utf8')) as HostReading;
  }

  /** All until now. */
  async settled(): Promise<HostReading> {
    await sleep(writtenMs);
    return this.read();
  }

  /** Has the probe do something in the extension host. @returns the order's number, and what comes of it. */
  order(order: Order): {
    readonly id: number;
    readonly done: Promise<{ readonly value?: unknown; readonly error?: string }>;
  } {
    const id = ++this.#orders;
    const partial = join(this.#folder, `new-${id}`);
    writeFileSync(partial, JSON.stringify(order));
    renameSync(partial, join(this.#folder, `order-${id}.json`));
    const file = join(this.#folder, `done-${id}.json`);
    const done = until(`order ${id} done`, () => existsSync(file), 60_000).then(() =>
      JSON.parse(readFileSync(file, 'utf8')),
    );
    return { id, done };
  }

  /** As a crash would end it. */
  kill(): void {
    process.kill(this.pid, 'SIGKILL');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
