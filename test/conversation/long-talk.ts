import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chat } from '../../extension/core/chat.ts';
import type { Asker } from '../../extension/core/chat-ports.ts';
import { SnapshotCache } from '../../extension/core/snapshot-cache.ts';
import { ViewHub } from '../../extension/core/view-hub.ts';
import { ConversationStore } from '../../extension/node/conversation-store.ts';
import { EngineHost } from '../../extension/node/engine-host.ts';
import type { ViewMessage } from '../../src/protocol/messages.ts';
import type { RunState } from '../../src/runs/run-state.ts';
import { emptyRun, reduceRun } from '../../src/runs/run-tree.ts';
import { systemClock } from '../../src/util/node/system-clock.ts';
import { scriptedModel } from '../support/scripted-model.ts';
import { memorySnapshot } from '../support/workspace.ts';

// One conversation as the extension host holds it, with real Pyodide, logs on the disk and a view that is told of it.
// Arguments: the folder of the worker's bundle, a cache folder, how many questions. Prints JSON. Needs --expose-gc.

const [assetsDir = '', cacheDir = '', count = '0'] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'long-talk-'));
const files: Record<string, string> = Object.fromEntries(
  Array.from({ length: 200 }, (_, n) => [`src/f${n}.ts`, `export const value${n} = ${n}; // retry\n`.repeat(60)]),
);

/** Looks around, has sub-agents read some 20 KB each, and answers at length with a citation. */
const cell = (code: string) => `\`\`\`repl\n${code}\n\`\`\``;
const look = (n: number) => `hits = grep("value${n % 200} ")
texts = {"question ${n}": "".join(files[h.path] for h in hits[:2])}
notes = llm_batch([f"{n} {name} {text * 4}" for name, text in texts.items() for n in range(4)])
print(hits, len(notes))`;
const asked = (text: string) => Number(/Question: number (\d+)/.exec(text)?.[1]);
const prompts: number[] = [];
const root = scriptedModel((messages) => {
  const opening = messages[1]?.content ?? '';
  const n = asked(opening);
  if (messages.length > 2) return cell(`FINAL("Answer ${n}: ${'word '.repeat(400)} [src/f${n % 200}.ts:1].")`);
  prompts[n] = opening.length;
  return cell(look(n));
});
const sub = scriptedModel(
  (messages) => `a note of ${messages.at(-1)?.content.length} characters ${'note '.repeat(100)}`,
);
const forgetful = (model: typeof root) => ({
  ...model,
  stream: (request: Parameters<typeof model.stream>[0], signal: AbortSignal) => {
    // The scripted model keeps every call; that memory is not the product's.
    (model.calls as unknown[]).length = 0;
    return model.stream(request, signal);
  },
});

/** As the extension does: read again only when something has changed. */
const snapshots = new SnapshotCache({
  stamp: () => files['src/f7.ts'] ?? '',
  build: () => memorySnapshot({ ...files }),
});
const nobody = async () => undefined;
const engines = new EngineHost({
  ...{ assetsDir, cacheDir, version: '0', sandbox: 'thread', isTrusted: () => true },
  loadSnapshot: () => snapshots.get(new AbortController().signal),
  servers: { outline: nobody, references: nobody, calls: nobody },
});
const newChat = () =>
  new Chat({
    store: new ConversationStore(
      folder,
      (problem) => console.error(problem),
      () => [],
    ),
    now: Date.now,
    newId: () => 'talk',
    limits: () => ({ runs: 500, ageMs: 1e12 }),
    onLeft: (id) => engines.forget(id),
    onShown: () => undefined,
    onConversation: () => hub?.conversationChanged(),
    onEvent: () => hub?.runsChanged(),
  });
let hub: ViewHub | undefined;
const chat = newChat();
/** As a view keeps them. */
const shown = new Map<string, RunState>();
function show(message: ViewMessage): void {
  if (message.type === 'forget') for (const runId of message.runIds) shown.delete(runId);
  if (message.type !== 'events') return;
  const before = message.reset ? emptyRun : (shown.get(message.runId) ?? emptyRun);
  shown.set(message.runId, message.events.reduce(reduceRun, before));
}
hub = new ViewHub(
  {
    conversation: () => ({
      conversationId: chat.current.id,
      entries: chat.entries,
      models: { root: '', sub: '', local: true, sentence: '' },
      estimate: '',
      starters: [],
      folders: [],
      readiness: { kind: 'ready' },
    }),
    runs: () => chat.runs,
    badges: () => undefined,
  },
  systemClock,
);
hub
  .attach({
    kind: 'sidebar',
    post: (frame) => {
      if (frame.kind === 'message') show(structuredClone(frame.message));
    },
  })
  .ready();

async function ask(n: number): Promise<string> {
  const engine = engines.engineWith({ root: forgetful(root), sub: forgetful(sub) });
  const { id } = chat.current;
  const conversation = engines.conversation(id, chat.memoryOf(id));
  const asker: Asker = {
    ...{ models: 'scripted', scope: [], secrets: [], rootsOf: () => [] },
    ask: (onEvent) => engine.ask(`number ${n}`, { onEvent, conversation }),
  };
  const { done } = chat.ask(`number ${n}`, [], asker, () => undefined);
  return (await done).answer;
}

const samples: { readonly heapMb: number; readonly rssMb: number }[] = [];
const wrong: number[] = [];
for (let n = 1; n <= Number(count); n++) {
  files['src/f7.ts'] = `export const value7 = ${n}; // retry\n`;
  if (!(await ask(n)).startsWith(`Answer ${n}:`)) wrong.push(n);
  await new Promise((resolve) => setTimeout(resolve, 60));
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  samples.push({ heapMb: heapUsed / 2 ** 20, rssMb: rss / 2 ** 20 });
}

const [first] = chat.current.entries;
await chat.unfold(first?.runId ?? '');
const unfolded = chat.run(first?.runId ?? '')?.state.answer ?? '';
// As after an eviction: all cells run again.
await engines.conversation('talk', chat.memoryOf('talk')).letGo();
const rebuiltAnswer = await ask(Number(count) + 1);
const resumed = chat.runs.at(-1)?.events.find(({ type }) => type === 'resumed');
const heldByView = shown.size;
await chat.close();
const next = newChat();
await next.open();
await next.unfold(first?.runId ?? '');
const reopened = next.run(first?.runId ?? '')?.state.answer ?? '';
await engines.close();
await rm(folder, { recursive: true, force: true });
const replayed = resumed?.type === 'resumed' ? resumed.replayed.length : 0;
console.log(
  JSON.stringify({
    samples,
    prompts: prompts.slice(1),
    wrong,
    unfolded,
    reopened,
    rebuiltAnswer,
    replayed,
    heldByView,
  }),
);
process.exit(0);
