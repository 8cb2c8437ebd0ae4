import type { ConversationIndex, StoredConversation, StoredEntry } from './conversation-index.ts';

/**
 * The list to write when several windows write it: what this one has added, changed and removed since `base`, done to what
 * `disk` holds by now. Conversations that nobody asked in are kept only when they are open here.
 */
export function mergeIndex(
  base: ConversationIndex,
  mine: ConversationIndex,
  disk: ConversationIndex,
): ConversationIndex {
  const [before, theirs] = [byId(base.conversations), byId(disk.conversations)];
  const ours = new Set(mine.conversations.map(({ id }) => id));
  const others = disk.conversations
    .filter(({ id }) => !ours.has(id))
    .map((one) => ({ ...one, entries: mergeEntries(before.get(one.id), undefined, one) }));
  const own = mine.conversations.map((one) => mergeConversation(before.get(one.id), one, theirs.get(one.id)));
  const conversations = [...others, ...own].filter(({ id, entries }) => entries.length > 0 || id === mine.current);
  return { conversations, current: mine.current };
}

function mergeConversation(
  base: StoredConversation | undefined,
  mine: StoredConversation,
  disk: StoredConversation | undefined,
): StoredConversation {
  const entries = mergeEntries(base, mine, disk);
  const { name, ...rest } = mine;
  const kept = disk === undefined || name !== base?.name ? name : disk.name;
  return { ...rest, ...(kept !== undefined && { name: kept }), entries };
}

/** What the other windows added is put where its time is. */
function mergeEntries(
  base: StoredConversation | undefined,
  mine: StoredConversation | undefined,
  disk: StoredConversation | undefined,
): readonly StoredEntry[] {
  const [before, ours, theirs] = [runsOf(base), runsOf(mine), runsOf(disk)];
  const own = [...ours.values()].flatMap((entry) => {
    const [was, is] = [before.get(entry.runId), theirs.get(entry.runId)];
    if (was === undefined) return [entry];
    if (is === undefined) return [];
    return [isSame(was, entry) ? is : entry];
  });
  const added = [...theirs.values()].filter(({ runId }) => !before.has(runId) && !ours.has(runId));
  return added.length === 0 ? own : [...own, ...added].toSorted(byTime);
}

const runsOf = (conversation: StoredConversation | undefined): ReadonlyMap<string, StoredEntry> =>
  new Map(conversation?.entries.map((entry) => [entry.runId, entry]));

const byId = (conversations: readonly StoredConversation[]): ReadonlyMap<string, StoredConversation> =>
  new Map(conversations.map((one) => [one.id, one]));

const isSame = (a: StoredEntry, b: StoredEntry): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Logs are named by the second in which they were begun; within one, the order stays. */
const byTime = (a: StoredEntry, b: StoredEntry): number => {
  const [first, second] = [a.log.slice(0, 20), b.log.slice(0, 20)];
  return first === second ? 0 : first < second ? -1 : 1;
};
