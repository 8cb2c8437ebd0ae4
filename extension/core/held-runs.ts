import type { ChatPorts } from './chat-ports.ts';
import type { StoredEntry } from './conversation-index.ts';
import { withEnd } from './cut-off.ts';
import { RunRecord } from './run-record.ts';

/** Runs of the open conversation whose events stay in memory, and older ones that were unfolded. */
const newestHeld = 20;
const unfoldedHeld = 5;

/** The runs whose events are in memory; the others' are in their logs, and are read again when somebody wants them. */
export class HeldRuns {
  readonly #ports: Pick<ChatPorts, 'store' | 'now'>;
  readonly #runs = new Map<string, RunRecord>();
  /** Older runs that were unfolded, newest last. */
  #unfolded: readonly string[] = [];
  /** The run that a panel shows, also when its conversation is not the open one. */
  #pinned = '';

  constructor(ports: Pick<ChatPorts, 'store' | 'now'>) {
    this.#ports = ports;
  }

  get pinned(): string {
    return this.#pinned;
  }

  get(runId: string): RunRecord | undefined {
    return this.#runs.get(runId);
  }

  begin(runId: string): void {
    this.#runs.set(runId, new RunRecord(runId));
  }

  /** Those that stay when `letGo` is called. */
  idsFor(open: readonly StoredEntry[], running: Iterable<string>): ReadonlySet<string> {
    return new Set([...newest(open).map(({ runId }) => runId), ...this.#unfolded, ...running, this.#pinned]);
  }

  /** Drops the events of all others. */
  letGo(open: readonly StoredEntry[], running: Iterable<string>): void {
    const held = this.idsFor(open, running);
    for (const runId of this.#runs.keys()) if (!held.has(runId)) this.#runs.delete(runId);
  }

  async readNewest(open: readonly StoredEntry[]): Promise<void> {
    await Promise.all(newest(open).map((entry) => this.#hold(entry)));
  }

  async unfold(entry: StoredEntry): Promise<void> {
    this.#unfolded = [...this.#unfolded.filter((id) => id !== entry.runId), entry.runId].slice(-unfoldedHeld);
    await this.#hold(entry);
  }

  async pin(entry: StoredEntry): Promise<void> {
    this.#pinned = entry.runId;
    await this.#hold(entry);
  }

  /** From memory or from its log; keeps nothing. */
  async read({ runId, log }: StoredEntry): Promise<RunRecord> {
    const known = this.#runs.get(runId);
    if (known !== undefined) return known;
    const { store, now } = this.#ports;
    return new RunRecord(runId, withEnd(await store.readLog(log), now()));
  }

  async #hold(entry: StoredEntry): Promise<void> {
    if (!this.#runs.has(entry.runId)) this.#runs.set(entry.runId, await this.read(entry));
  }
}

const newest = (entries: readonly StoredEntry[]): readonly StoredEntry[] => entries.slice(-newestHeld);
