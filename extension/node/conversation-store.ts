import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../src/cli/sha256.ts';
import { decodeHashes, encodeHashes, type FileHashes } from '../../src/conversation/file-changes.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { newLogFile, removeLog } from '../../src/runs/node/log-folder.ts';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { openRunLog, type RunLog } from '../../src/runs/node/run-log.ts';
import { createRedactor } from '../../src/runs/redact.ts';
import type { ConversationIndex } from '../core/conversation-index.ts';
import { IndexFile } from './index-file.ts';
import { writeWhole } from './write-whole.ts';

/** Conversations and runs of one workspace on the disk. No method rejects: what fails is told once, and lost with the window. */
export class ConversationStore {
  readonly #folder: string;
  readonly #onTrouble: (problem: string) => void;
  readonly #secrets: () => readonly string[];
  readonly #list: IndexFile;
  #told = false;
  #saving: Promise<void> = Promise.resolve();
  #next: ConversationIndex | undefined;

  /** @param secrets what must not reach the disk, though a person wrote it into a question, such as their key. */
  constructor(folder: string, onTrouble: (problem: string) => void, secrets: () => readonly string[]) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#secrets = secrets;
    this.#list = new IndexFile(join(folder, 'conversations.json'), {
      onUnreadable: (problem) => this.#tell(`The conversations cannot be read: ${problem}`),
      onDamaged: onTrouble,
    });
  }

  get #logs(): string {
    return join(this.#folder, 'runs');
  }

  get #known(): string {
    return join(this.#folder, 'known-files');
  }

  load(): Promise<ConversationIndex | undefined> {
    return this.#list.load();
  }

  /** Writes the newest of what was given while it was writing; what other windows wrote in the meantime stays. */
  save(index: ConversationIndex): Promise<void> {
    const idle = this.#next === undefined;
    this.#next = index;
    if (idle) this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  async #write(): Promise<void> {
    const index = this.#next;
    this.#next = undefined;
    if (index === undefined) return;
    try {
      await this.#list.save(index, createRedactor(this.#secrets()));
    } catch (error) {
      this.#tell(`The conversations cannot be saved: ${messageOf(error)}`);
    }
  }

  newLogName(now: number): string {
    return newLogFile('', new Date(now));
  }

  openLog(name: string, secrets: readonly string[]): RunLog {
    const onTrouble = (problem: string) => this.#tell(`The log of this run cannot be written: ${problem}`);
    return openRunLog(join(this.#logs, name), { secrets, onTrouble });
  }

  /** @returns what can be read, possibly nothing. */
  async readLog(name: string): Promise<readonly RunEvent[]> {
    const read = await readRunLog(join(this.#logs, name)).catch(() => undefined);
    return read?.events ?? [];
  }

  /** A log that cannot be deleted stays. */
  async removeLogs(names: readonly string[]): Promise<void> {
    for (const name of names) await removeLog(join(this.#logs, name));
  }

  async readFiles(conversationId: string): Promise<FileHashes | undefined> {
    const text = await readFile(this.#filesOf(conversationId), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : decodeHashes(text);
  }

  async saveFiles(conversationId: string, files: FileHashes): Promise<void> {
    try {
      await writeWhole(this.#filesOf(conversationId), encodeHashes(files));
    } catch (error) {
      this.#tell(`What a conversation knows of the files cannot be saved: ${messageOf(error)}`);
    }
  }

  removeFiles(conversationId: string): Promise<void> {
    return rm(this.#filesOf(conversationId), { force: true }).catch(() => undefined);
  }

  /** Ids come from a file: nothing of them becomes a path. */
  #filesOf(conversationId: string): string {
    return join(this.#known, `${sha256(conversationId).slice(0, 32)}.txt`);
  }

  /** One warning: a full disk stays full. */
  #tell(problem: string): void {
    if (this.#told) return;
    this.#told = true;
    this.#onTrouble(`${problem}. The conversation goes on, but is lost when the window closes.`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
