import type { ChatPorts } from './chat-ports.ts';
import {
  type ConversationIndex,
  changeEntry,
  goneConversations,
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

type Ports = Pick<ChatPorts, 'store' | 'now' | 'newId' | 'limits'>;

/** The conversations of a workspace with their entries. Each change is saved; what it drops is deleted with all that is kept of it. */
export class KeptConversations {
  readonly #ports: Ports;
  readonly #isUnderWay: (runId: string) => boolean;
  #index: ConversationIndex;

  /** @param isUnderWay such runs are kept, however many there are. */
  constructor(ports: Ports, isUnderWay: (runId: string) => boolean) {
    this.#ports = ports;
    this.#isUnderWay = isUnderWay;
    this.#index = withNew({ conversations: [], current: '' }, ports.newId(), ports.now());
  }

  /** Reads what an earlier session left. */
  async restore(): Promise<void> {
    const index = await this.#ports.store.load();
    if (index !== undefined && index.conversations.length > 0) this.#index = index;
    this.#prune(this.#index);
  }

  get all(): readonly StoredConversation[] {
    return this.#index.conversations;
  }

  get current(): StoredConversation {
    const { conversations, current } = this.#index;
    const found = conversations.find(({ id }) => id === current) ?? conversations.at(-1);
    if (found === undefined) throw new Error('There is always a conversation.');
    return found;
  }

  entry(runId: string): StoredEntry | undefined {
    return this.all.flatMap(({ entries }) => entries).find((entry) => entry.runId === runId);
  }

  entriesOf(conversationId: string): readonly StoredEntry[] {
    return this.all.find(({ id }) => id === conversationId)?.entries ?? [];
  }

  /** @param apart into a conversation of its own; the open one stays open. */
  add(entry: StoredEntry, apart: boolean): void {
    const { newId, now } = this.#ports;
    const id = apart ? newId() : this.current.id;
    const index = apart ? withApart(this.#index, id, now()) : this.#index;
    this.#prune(withEntry(index, id, entry));
  }

  change(runId: string, change: (entry: StoredEntry) => StoredEntry): void {
    this.#keep(changeEntry(this.#index, runId, change));
  }

  openNew(): void {
    this.#keep(withNew(this.#index, this.#ports.newId(), this.#ports.now()));
  }

  open(conversationId: string): void {
    this.#keep({ ...this.#index, current: conversationId });
  }

  rename(conversationId: string, name: string): void {
    this.#keep(withName(this.#index, conversationId, name.trim()));
  }

  remove(conversationId: string): void {
    const rest = without(this.#index, conversationId);
    const isCurrent = this.current.id === conversationId;
    this.#keep(isCurrent ? withNew(rest, this.#ports.newId(), this.#ports.now()) : rest);
  }

  async save(): Promise<void> {
    await this.#ports.store.save(this.#index);
  }

  #prune(index: ConversationIndex): void {
    const { limits, now } = this.#ports;
    this.#keep(pruneIndex(index, limits(), now(), this.#isUnderWay));
  }

  #keep(index: ConversationIndex): void {
    const { store } = this.#ports;
    const gone = goneLogs(this.#index, index);
    const left = goneConversations(this.#index, index);
    this.#index = index;
    if (gone.length > 0) void store.removeLogs(gone);
    for (const id of left) void store.removeFiles(id);
    void this.save();
  }
}
