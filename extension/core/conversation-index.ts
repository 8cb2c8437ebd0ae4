import type { LineRange } from '../../src/citations/quote.ts';
import type { Attachment } from '../../src/protocol/messages.ts';
import type { RunSummary } from '../../src/runs/estimate.ts';
import type { RootPlace } from './places.ts';

/** One question of a conversation as it is kept between sessions; its events are in a log of its own. */
export interface StoredEntry {
  readonly runId: string;
  readonly question: string;
  readonly attachments: readonly Attachment[];
  /** The part of the workspace that was asked about; empty, or absent in entries of earlier versions: all of it. */
  readonly scope?: readonly string[];
  /** Name of the log's file. */
  readonly log: string;
  /** What answered, and why that; absent in entries of earlier versions. */
  readonly models?: string;
  /** Absent until the run has ended by itself. */
  readonly spent?: RunSummary;
  /** Empty until the snapshot was read. */
  readonly roots: readonly RootPlace[];
  /** Citation index → the place that the person accepted for it. */
  readonly anchors: Readonly<Record<string, LineRange>>;
}

export interface StoredConversation {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** What the person calls it; absent: its first question. */
  readonly name?: string;
  readonly entries: readonly StoredEntry[];
}

export interface ConversationIndex {
  /** Oldest first; the last is open, unless `current` names another. */
  readonly conversations: readonly StoredConversation[];
  readonly current: string;
}

export type ParsedIndex =
  | { readonly kind: 'ok'; readonly index: ConversationIndex }
  | { readonly kind: 'damaged'; readonly problem: string };

const version = 1;

export const encodeIndex = (index: ConversationIndex, redact: (text: string) => string): string =>
  JSON.stringify({ version, ...index }, (_, value: unknown) => (typeof value === 'string' ? redact(value) : value));

export function parseIndex(text: string): ParsedIndex {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'damaged', problem: 'it is no JSON' };
  }
  if (!isRecord(value) || value.version !== version) return { kind: 'damaged', problem: 'it is of another version' };
  const { conversations, current } = value;
  if (!Array.isArray(conversations) || typeof current !== 'string' || !conversations.every(isConversation))
    return { kind: 'damaged', problem: 'parts of it are missing' };
  return { kind: 'ok', index: { conversations, current } };
}

/** How much is kept of the runs of a workspace. */
export interface HistoryLimits {
  readonly runs: number;
  readonly ageMs: number;
}

/** Keeps the newest runs that are not too old, those under way, and conversations that have one or are open. */
export function pruneIndex(
  index: ConversationIndex,
  limits: HistoryLimits,
  now: number,
  isUnderWay: (runId: string) => boolean,
): ConversationIndex {
  const newestFirst = index.conversations.flatMap(({ entries }) => entries).toReversed();
  const young = newestFirst.filter(({ log }) => now - (timeOfLog(log) ?? now) <= limits.ageMs);
  const newest = young.toSorted((a, b) => (a.log < b.log ? 1 : -1)).slice(0, limits.runs);
  const kept = new Set([...newest, ...newestFirst.filter(({ runId }) => isUnderWay(runId))]);
  if (kept.size === newestFirst.length) return index;
  const conversations = index.conversations
    .map((one) => ({ ...one, entries: one.entries.filter((entry) => kept.has(entry)) }))
    .filter(({ id, entries }) => entries.length > 0 || id === index.current);
  return { ...index, conversations };
}

/** When a log was begun, in milliseconds since the epoch, by its name. */
function timeOfLog(name: string): number | undefined {
  const [, date, hours, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(name) ?? [];
  const time = Date.parse(`${date}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** Names of the logs that the first index has and the second has not. */
export function goneLogs(before: ConversationIndex, after: ConversationIndex): readonly string[] {
  const kept = new Set(after.conversations.flatMap(({ entries }) => entries.map(({ log }) => log)));
  return before.conversations.flatMap(({ entries }) => entries.map(({ log }) => log)).filter((log) => !kept.has(log));
}

/** Ids of the conversations that the first index has and the second has not. */
export function goneConversations(before: ConversationIndex, after: ConversationIndex): readonly string[] {
  const kept = new Set(after.conversations.map(({ id }) => id));
  return before.conversations.map(({ id }) => id).filter((id) => !kept.has(id));
}

/** An empty name gives the first question back. */
export function withName(index: ConversationIndex, id: string, name: string): ConversationIndex {
  const conversations = index.conversations.map((one) => {
    if (one.id !== id) return one;
    const { name: _, ...rest } = one;
    return name === '' ? rest : { ...rest, name };
  });
  return { ...index, conversations };
}

export const without = (index: ConversationIndex, id: string): ConversationIndex => ({
  ...index,
  conversations: index.conversations.filter((one) => one.id !== id),
});

export function changeEntry(
  index: ConversationIndex,
  runId: string,
  change: (entry: StoredEntry) => StoredEntry,
): ConversationIndex {
  const conversations = index.conversations.map((one) => ({
    ...one,
    entries: one.entries.map((entry) => (entry.runId === runId ? change(entry) : entry)),
  }));
  return { ...index, conversations };
}

/** Opens a new conversation. Those that nobody asked in are not kept. */
export function withNew({ conversations }: ConversationIndex, id: string, startedAt: number): ConversationIndex {
  const kept = conversations.filter(({ entries }) => entries.length > 0);
  return { conversations: [...kept, { id, startedAt, entries: [] }], current: id };
}

/** A conversation beside the open one, before it, so that the open one stays the newest. */
export function withApart(index: ConversationIndex, id: string, startedAt: number): ConversationIndex {
  return { ...index, conversations: [{ id, startedAt, entries: [] }, ...index.conversations] };
}

export function withEntry(index: ConversationIndex, id: string, entry: StoredEntry): ConversationIndex {
  const conversations = index.conversations.map((one) =>
    one.id === id ? { ...one, entries: [...one.entries, entry] } : one,
  );
  return { ...index, conversations };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isConversation = (value: unknown): value is StoredConversation =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.startedAt === 'number' &&
  (value.name === undefined || typeof value.name === 'string') &&
  Array.isArray(value.entries) &&
  value.entries.every(isEntry);

/** The log's name becomes a path: nothing but a name. */
const isEntry = (value: unknown): value is StoredEntry =>
  isRecord(value) &&
  typeof value.runId === 'string' &&
  typeof value.question === 'string' &&
  typeof value.log === 'string' &&
  /^[\w.-]+\.jsonl$/.test(value.log) &&
  Array.isArray(value.attachments) &&
  Array.isArray(value.roots) &&
  value.roots.every((root) => isRecord(root) && typeof root.name === 'string' && typeof root.uri === 'string') &&
  isRecord(value.anchors) &&
  (value.scope === undefined || (Array.isArray(value.scope) && value.scope.every((one) => typeof one === 'string'))) &&
  (value.models === undefined || typeof value.models === 'string') &&
  (value.spent === undefined || isSpent(value.spent));

const isSpent = (value: unknown): value is RunSummary =>
  isRecord(value) &&
  [value.root, value.sub].every((spec) => typeof spec === 'string') &&
  [value.totalMs, value.modelCalls, value.tokens, value.costUsd ?? 0].every((amount) => typeof amount === 'number');
