import type { FileHashes } from '../../src/conversation/file-changes.ts';
import type { Run } from '../../src/engine-api.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import type { ConversationIndex, HistoryLimits } from './conversation-index.ts';
import type { RootPlace } from './places.ts';
import type { RunRecord } from './run-record.ts';

export interface ChatStore {
  load(): Promise<ConversationIndex | undefined>;
  save(index: ConversationIndex): Promise<void>;
  newLogName(now: number): string;
  openLog(name: string, secrets: readonly string[]): { write(event: RunEvent): void; close(): Promise<void> };
  readLog(name: string): Promise<readonly RunEvent[]>;
  /** Deletes these logs. */
  removeLogs(names: readonly string[]): Promise<void>;
  /** The files as a conversation's last question knew them. */
  readFiles(conversationId: string): Promise<FileHashes | undefined>;
  saveFiles(conversationId: string, files: FileHashes): Promise<void>;
  removeFiles(conversationId: string): Promise<void>;
}

/** What a question is asked with; fixed for the whole run. */
export interface Asker {
  /** What answers, and why that, for people. */
  readonly models: string;
  /** The part of the workspace that is asked about: paths and globs; empty is all of it. */
  readonly scope: readonly string[];
  ask(onEvent: (event: RunEvent) => void): Run;
  readonly secrets: readonly string[];
  /** The folders of the snapshot that has this id. */
  rootsOf(snapshotId: string): readonly RootPlace[];
}

export interface ChatPorts {
  readonly store: ChatStore;
  readonly now: () => number;
  readonly newId: () => string;
  readonly limits: () => HistoryLimits;
  /** A conversation is left for good: what it holds besides its runs can go. */
  readonly onLeft: (conversationId: string) => void;
  /** Entries, or whether one is running, have changed. */
  readonly onConversation: () => void;
  /** Runs are shown again: what was known of their badges may be old. */
  readonly onShown: () => void;
  readonly onEvent: (run: RunRecord, event: RunEvent) => void;
}
