import type { ConversationMemory } from '../../src/conversation/conversation.ts';
import type { FileHashes } from '../../src/conversation/file-changes.ts';
import type { Run, RunEnd } from '../../src/engine-api.ts';
import type { Attachment, ConversationEntry } from '../../src/protocol/messages.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import type { EndedRun } from './badge-board.ts';
import type { Asker, ChatPorts } from './chat-ports.ts';
import type { StoredConversation, StoredEntry } from './conversation-index.ts';
import { withEnd } from './cut-off.ts';
import { spentOn } from './estimate.ts';
import { HeldRuns } from './held-runs.ts';
import { KeptConversations } from './kept-conversations.ts';
import type { RunRecord } from './run-record.ts';

interface Running {
  readonly run: Run;
  readonly stop: () => void;
}

/** The conversations and their runs. Everything that views show of them is in memory; the store is for the next session. */
export class Chat {
  readonly #ports: ChatPorts;
  readonly #kept: KeptConversations;
  readonly #runs: HeldRuns;
  readonly #running = new Map<string, Running>();
  /** Logs that are not whole on the disk yet: a run ends a little earlier than its log. */
  readonly #saving = new Map<string, Promise<void>>();
  /** By conversation: what it knows of the files, while that is written; one after the other. */
  readonly #keeping = new Map<string, Promise<void>>();
  #opened: Promise<void> | undefined;

  constructor(ports: ChatPorts) {
    this.#ports = ports;
    this.#kept = new KeptConversations(ports, (runId) => this.#running.has(runId));
    this.#runs = new HeldRuns(ports);
  }

  /** Reads what an earlier session left. Once; whoever needs the conversation waits for it. */
  open(): Promise<void> {
    this.#opened ??= this.#kept.restore().then(() => this.#runs.readNewest(this.current.entries));
    return this.#opened;
  }

  get current(): StoredConversation {
    return this.#kept.current;
  }

  get conversations(): readonly StoredConversation[] {
    return this.#kept.all;
  }

  get entries(): readonly ConversationEntry[] {
    const { entries } = this.current;
    const held = this.#runs.idsFor(entries, this.#saving.keys());
    return entries.map(({ runId, question, attachments, models = '' }) => {
      const running = this.#running.has(runId);
      return { runId, question, attachments, models, running, folded: !held.has(runId) };
    });
  }

  /** The open conversation's runs, oldest first, and the pinned one. */
  get runs(): readonly RunRecord[] {
    return this.#shown.flatMap(({ runId }) => this.#runs.get(runId) ?? []);
  }

  get ended(): readonly EndedRun[] {
    return this.#shown.flatMap((entry) => {
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
    return this.#kept.entry(runId);
  }

  /** What the questions of a conversation go on from. */
  memoryOf(conversationId: string): ConversationMemory {
    const { store } = this.#ports;
    return {
      runs: async () => this.#kept.entriesOf(conversationId).filter(({ runId }) => !this.#running.has(runId)),
      events: async (runId) => {
        const entry = this.entry(runId);
        return entry === undefined ? [] : (await this.#runs.read(entry)).events;
      },
      files: () => store.readFiles(conversationId),
      keepFiles: (files) => this.#keepFiles(conversationId, files),
    };
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
    this.#runs.begin(runId);
    const saved = run.done.then(() => log.close()).then(() => void this.#saving.delete(runId));
    this.#saving.set(runId, saved);
    // Before the entry is added, which drops the events of whatever neither runs nor is shown.
    this.#running.set(runId, { run, stop: cancel });
    const { models, scope } = asker;
    this.#kept.add({ runId, question, attachments, models, scope, log: name, roots: [], anchors: {} }, apart);
    this.#changed();
    return { runId, done: run.done };
  }

  /** All that the log of a run holds, what was sent to models included; nothing when it is lost. */
  async logged(runId: string): Promise<readonly RunEvent[]> {
    const entry = this.entry(runId);
    const events = entry === undefined ? [] : await this.#ports.store.readLog(entry.log);
    return events.length === 0 ? [] : withEnd(events, this.#ports.now());
  }

  stop(runId: string, agentId: string | undefined): void {
    const running = this.#running.get(runId);
    if (agentId === undefined) running?.stop();
    else running?.run.stopAgent(agentId);
  }

  /** Ends what runs and saves it. What was never read is not known, and stays as it is on the disk. */
  async close(): Promise<void> {
    await this.#end([...this.#saving.keys()]);
    await Promise.all(this.#keeping.values());
    if (this.#opened === undefined) return;
    await this.#opened;
    await this.#kept.save();
  }

  newConversation(): void {
    const { id, entries } = this.current;
    if (entries.length === 0) return;
    // What runs in it goes on, and keeps what it needs.
    if (!entries.some(({ runId }) => this.#running.has(runId))) this.#ports.onLeft(id);
    this.#kept.openNew();
    this.#changed();
  }

  async show(conversationId: string): Promise<void> {
    this.#kept.open(conversationId);
    this.#changed();
    await this.#runs.readNewest(this.current.entries);
    this.#ports.onConversation();
    this.#ports.onShown();
  }

  rename(conversationId: string, name: string): void {
    this.#kept.rename(conversationId, name);
    this.#changed();
  }

  /** Deletes a conversation with its runs, also from the disk. What runs in it is stopped. */
  async remove(conversationId: string): Promise<void> {
    const runIds = this.#kept.entriesOf(conversationId).map(({ runId }) => runId);
    // What is asked from now on is not part of it.
    if (this.current.id === conversationId) this.#kept.openNew();
    await this.#end(runIds);
    await this.#keeping.get(conversationId);
    this.#ports.onLeft(conversationId);
    this.#kept.remove(conversationId);
    this.#changed();
  }

  /** Reads an older run of the open conversation again. @returns whether there is such a run. */
  async unfold(runId: string): Promise<boolean> {
    const entry = this.entry(runId);
    if (entry === undefined) return false;
    await this.#runs.unfold(entry);
    this.#changed();
    this.#ports.onShown();
    return true;
  }

  /** @returns whether there is such a run. */
  async pin(runId: string): Promise<boolean> {
    const entry = this.entry(runId);
    if (entry === undefined) return false;
    await this.#runs.pin(entry);
    this.#ports.onShown();
    return true;
  }

  anchor(runId: string, index: number, range: { readonly startLine: number; readonly endLine: number }): void {
    const { startLine, endLine } = range;
    this.#kept.change(runId, (entry) => {
      return { ...entry, anchors: { ...entry.anchors, [index]: { startLine, endLine } } };
    });
  }

  get #shown(): readonly StoredEntry[] {
    const { entries } = this.current;
    const { pinned } = this.#runs;
    const apart = entries.some(({ runId }) => runId === pinned) ? undefined : this.entry(pinned);
    return apart === undefined ? entries : [...entries, apart];
  }

  #take(runId: string, event: RunEvent, asker: Asker): void {
    const record = this.#runs.get(runId);
    if (record === undefined) return;
    record.take(event);
    if (event.type === 'snapshot') {
      const roots = asker.rootsOf(event.snapshotId);
      this.#kept.change(runId, (entry) => ({ ...entry, roots }));
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
    if (spent !== undefined) this.#kept.change(runId, (entry) => ({ ...entry, spent }));
  }

  #keepFiles(conversationId: string, files: FileHashes): void {
    const before = this.#keeping.get(conversationId) ?? Promise.resolve();
    const kept = before.then(() => this.#ports.store.saveFiles(conversationId, files));
    this.#keeping.set(conversationId, kept);
  }

  async #end(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) this.#running.get(runId)?.stop();
    await Promise.all(runIds.map((runId) => this.#saving.get(runId)));
  }

  /** Drops events that nobody looks at any more, once their logs have them. */
  #changed(): void {
    this.#runs.letGo(this.current.entries, this.#saving.keys());
    this.#ports.onConversation();
  }
}
