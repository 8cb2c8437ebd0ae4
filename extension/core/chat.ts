import type { ConversationMemory } from '../../src/conversation/conversation.ts';
import type { Run, RunEnd } from '../../src/engine-api.ts';
import type { Attachment, ConversationEntry } from '../../src/protocol/messages.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { endUnfinished } from '../../src/runs/unfinished.ts';
import type { EndedRun } from './badge-board.ts';
import type { Asker, ChatPorts } from './chat-ports.ts';
import {
  type ConversationIndex,
  changeEntry,
  goneLogs,
  pruneIndex,
  type StoredConversation,
  type StoredEntry,
  withApart,
  withEntry,
  withName,
  withNew,
  without,
} from './conversation-index.ts';
import { spentOn } from './estimate.ts';
import { RunRecord } from './run-record.ts';

interface Running {
  readonly run: Run;
  readonly stop: () => void;
  readonly saved: Promise<void>;
}

/** Runs of the open conversation whose events stay in memory, and older ones that were unfolded. */
const heldRuns = 20;
const unfoldedRuns = 5;

/** The conversations and their runs. Everything that views show of them is in memory; the store is for the next session. */
export class Chat {
  readonly #ports: ChatPorts;
  readonly #runs = new Map<string, RunRecord>();
  readonly #running = new Map<string, Running>();
  #index: ConversationIndex;
  #opened: Promise<void> | undefined;
  /** The run that a panel shows, also when its conversation is not the open one. */
  #pinned = '';
  /** Older runs that were unfolded, newest last. */
  #unfolded: readonly string[] = [];

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#index = withNew({ conversations: [], current: '' }, ports.newId(), ports.now());
  }

  /** Reads what an earlier session left. Once; whoever needs the conversation waits for it. */
  open(): Promise<void> {
    this.#opened ??= this.#restore();
    return this.#opened;
  }

  get current(): StoredConversation {
    const { conversations, current } = this.#index;
    const found = conversations.find(({ id }) => id === current) ?? conversations.at(-1);
    if (found === undefined) throw new Error('There is always a conversation.');
    return found;
  }

  get conversations(): readonly StoredConversation[] {
    return this.#index.conversations;
  }

  get entries(): readonly ConversationEntry[] {
    const held = this.#heldIds;
    return this.current.entries.map(({ runId, question, attachments, models = '' }) => {
      const running = this.#running.has(runId);
      return { runId, question, attachments, models, running, folded: !held.has(runId) };
    });
  }

  /** The open conversation's runs, oldest first, and the pinned one. */
  get runs(): readonly RunRecord[] {
    return this.#shown.flatMap(({ runId }) => this.#runs.get(runId) ?? []);
  }

  get ended(): readonly EndedRun[] {
    return this.#withEnd(this.#shown);
  }

  /** What the questions of a conversation go on from. */
  memoryOf(conversationId: string): ConversationMemory {
    const { store } = this.#ports;
    return {
      runs: async () => this.#entriesOf(conversationId).filter(({ runId }) => !this.#running.has(runId)),
      events: async (runId) => {
        const entry = this.entry(runId);
        const known = this.#runs.get(runId) ?? (entry && (await this.#readRun(entry)));
        return known?.events ?? [];
      },
      files: () => store.readFiles(conversationId),
      keepFiles: (files) => void store.saveFiles(conversationId, files),
    };
  }

  #entriesOf(conversationId: string): readonly StoredEntry[] {
    return this.#index.conversations.find(({ id }) => id === conversationId)?.entries ?? [];
  }

  get #shown(): readonly StoredEntry[] {
    const { entries } = this.current;
    const pinned = entries.some(({ runId }) => runId === this.#pinned) ? undefined : this.entry(this.#pinned);
    return pinned === undefined ? entries : [...entries, pinned];
  }

  /** The runs whose events are in memory; a long conversation's older ones are read again when they are wanted. */
  get #heldIds(): ReadonlySet<string> {
    const newest = this.current.entries.slice(-heldRuns).map(({ runId }) => runId);
    return new Set([...newest, ...this.#unfolded, ...this.#running.keys(), this.#pinned]);
  }

  #withEnd(entries: readonly StoredEntry[]): readonly EndedRun[] {
    return entries.flatMap((entry) => {
      const end = this.#runs.get(entry.runId)?.state.end;
      return end === undefined ? [] : [{ entry, end }];
    });
  }

  get runningIds(): readonly string[] {
    return [...this.#running.keys()];
  }

  run(runId: string): RunRecord | undefined {
    return this.#runs.get(runId);
  }

  entry(runId: string): StoredEntry | undefined {
    return this.#index.conversations.flatMap(({ entries }) => entries).find((entry) => entry.runId === runId);
  }

  /** Starts a run. `cancel` is what Stop calls. `apart`: in a conversation of its own, and the open one stays open. */
  ask(
    question: string,
    attachments: readonly Attachment[],
    asker: Asker,
    cancel: () => void,
    apart = false,
  ): { runId: string; done: Promise<RunEnd> } {
    const { store, now } = this.#ports;
    const name = store.newLogName(now());
    const log = store.openLog(name, asker.secrets);
    const run = asker.ask((event) => {
      log.write(event);
      this.#take(run.runId, event, asker);
    });
    const { runId } = run;
    this.#runs.set(runId, new RunRecord(runId));
    const saved = run.done.then(() => log.close());
    // Before the entry is added, which drops the events of whatever neither runs nor is shown.
    this.#running.set(runId, { run, stop: cancel, saved });
    const entry = { runId, question, attachments, models: asker.models, log: name, roots: [], anchors: {} };
    this.#add(entry, apart ? this.#newApart() : this.current.id);
    this.#ports.onConversation();
    return { runId, done: run.done };
  }

  /** All that the log of a run holds, what was sent to models included; nothing when it is lost. */
  async logged(runId: string): Promise<readonly RunEvent[]> {
    const entry = this.entry(runId);
    return entry === undefined ? [] : await this.#ports.store.readLog(entry.log);
  }

  stop(runId: string, agentId: string | undefined): void {
    const running = this.#running.get(runId);
    if (agentId === undefined) running?.stop();
    else running?.run.stopAgent(agentId);
  }

  /** Ends what runs and saves it. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { stop } of running) stop();
    await Promise.all(running.map(({ saved }) => saved));
    await this.#ports.store.save(this.#index);
  }

  newConversation(): void {
    if (this.current.entries.length === 0) return;
    // What runs in it goes on, and keeps what it needs.
    if (!this.current.entries.some(({ runId }) => this.#running.has(runId))) this.#ports.onLeft(this.current.id);
    this.#change(withNew(this.#index, this.#ports.newId(), this.#ports.now()));
  }

  async show(conversationId: string): Promise<void> {
    this.#change({ ...this.#index, current: conversationId });
    await this.#readRuns(this.current.entries.slice(-heldRuns));
    this.#ports.onConversation();
    this.#ports.onShown();
  }

  rename(conversationId: string, name: string): void {
    this.#change(withName(this.#index, conversationId, name.trim()));
  }

  /** Deletes a conversation with its runs, also from the disk. What runs in it is stopped. */
  async remove(conversationId: string): Promise<void> {
    const entries = this.#entriesOf(conversationId);
    const running = entries.flatMap(({ runId }) => this.#running.get(runId) ?? []);
    for (const { stop } of running) stop();
    await Promise.all(running.map(({ saved }) => saved));
    this.#ports.onLeft(conversationId);
    const rest = without(this.#index, conversationId);
    const isCurrent = this.current.id === conversationId;
    this.#change(isCurrent ? withNew(rest, this.#ports.newId(), this.#ports.now()) : rest);
    await this.#ports.store.removeFiles(conversationId);
  }

  /** Reads an older run of the open conversation again. @returns whether there is such a run. */
  async unfold(runId: string): Promise<boolean> {
    const entry = this.entry(runId);
    if (entry === undefined) return false;
    this.#unfolded = [...this.#unfolded.filter((id) => id !== runId), runId].slice(-unfoldedRuns);
    await this.#readRuns([entry]);
    this.#letGo();
    this.#ports.onConversation();
    this.#ports.onShown();
    return true;
  }

  /** @returns whether there is such a run. */
  async pin(runId: string): Promise<boolean> {
    const entry = this.entry(runId);
    if (entry === undefined) return false;
    this.#pinned = runId;
    await this.#readRuns([entry]);
    this.#ports.onShown();
    return true;
  }

  anchor(runId: string, index: number, range: { readonly startLine: number; readonly endLine: number }): void {
    const { startLine, endLine } = range;
    this.#keep(
      changeEntry(this.#index, runId, (entry) => {
        return { ...entry, anchors: { ...entry.anchors, [index]: { startLine, endLine } } };
      }),
    );
  }

  async #restore(): Promise<void> {
    const index = await this.#ports.store.load();
    if (index !== undefined && index.conversations.length > 0) this.#index = index;
    this.#prune(this.#index);
    await this.#readRuns(this.current.entries.slice(-heldRuns));
  }

  async #readRuns(entries: readonly StoredEntry[]): Promise<void> {
    const missing = entries.filter(({ runId }) => !this.#runs.has(runId));
    await Promise.all(
      missing.map(async (entry) => {
        this.#runs.set(entry.runId, await this.#readRun(entry));
      }),
    );
  }

  /** A run without an end was cut off: nobody else ends it. */
  async #readRun({ runId, log }: StoredEntry): Promise<RunRecord> {
    const { store, now } = this.#ports;
    const record = new RunRecord(runId, await store.readLog(log));
    if (record.ended) return record;
    const end = endUnfinished(record.state, 'The window was closed or reloaded before the run had ended.', now());
    record.take(end);
    await store.appendToLog(log, end);
    return record;
  }

  #take(runId: string, event: RunEvent, asker: Asker): void {
    const record = this.#runs.get(runId);
    if (record === undefined) return;
    record.take(event);
    if (event.type === 'snapshot') {
      const roots = asker.rootsOf(event.snapshotId);
      this.#keep(changeEntry(this.#index, runId, (entry) => ({ ...entry, roots })));
    }
    if (event.type === 'run-end') {
      this.#running.delete(runId);
      this.#keepSpent(record, event);
      this.#ports.onConversation();
    }
    this.#ports.onEvent(record, event);
  }

  #keepSpent({ runId, state }: RunRecord, end: RunEnd): void {
    const spent = state.models && spentOn(state.models, end);
    if (spent !== undefined) this.#keep(changeEntry(this.#index, runId, (entry) => ({ ...entry, spent })));
  }

  #add(entry: StoredEntry, conversationId: string): void {
    this.#prune(withEntry(this.#index, conversationId, entry));
    this.#letGo();
  }

  #prune(index: ConversationIndex): void {
    this.#keep(pruneIndex(index, this.#ports.limits(), this.#ports.now()));
  }

  /** Drops events that nobody looks at; their logs keep them. */
  #letGo(): void {
    const held = this.#heldIds;
    for (const runId of this.#runs.keys()) if (!held.has(runId)) this.#runs.delete(runId);
  }

  #newApart(): string {
    const { newId, now } = this.#ports;
    const id = newId();
    this.#index = withApart(this.#index, id, now());
    return id;
  }

  #change(index: ConversationIndex): void {
    this.#keep(index);
    this.#letGo();
    this.#ports.onConversation();
  }

  #keep(index: ConversationIndex): void {
    const gone = goneLogs(this.#index, index);
    this.#index = index;
    if (gone.length > 0) void this.#ports.store.removeLogs(gone);
    void this.#ports.store.save(index);
  }
}
