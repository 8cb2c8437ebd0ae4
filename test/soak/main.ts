// Asks many questions in one process, with real interpreters, search, parsers, files and logs, and looks whether anything grows.
// npm run soak -- [--runs N] [--dir FOLDER]
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sha256 } from '../../src/cli/sha256.ts';
import { createEngine } from '../../src/engine.ts';
import type { LanguageModel, Message } from '../../src/models/model.ts';
import { createReplPool } from '../../src/repl/node/pool.ts';
import { openRunLog } from '../../src/runs/node/run-log.ts';
import { createCodeSearch } from '../../src/search/node/worker-search.ts';
import { createSymbolSource } from '../../src/symbols/node/worker-symbols.ts';
import { systemClock } from '../../src/util/node/system-clock.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, dir: { type: 'string', default: 'src' } },
});
const runs = Number(values.runs);
/** What is made once is made by then. */
const warm = Math.min(50, Math.floor(runs / 4));

const cell = (...lines: readonly string[]) => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
const look = cell(
  'hits = grep("export function")',
  'found = search("where is the budget decided", k=5)',
  'names = symbols("createEngine")',
  'parts = llm_batch([f"Read part {i} of {question}" for i in range(4)])',
  'deep = rlm_query("Count the files", files=dict(list(files.items())[:3]))',
  'print(len(hits), len(found), len(names), parts, deep)',
);
const answer = cell('answer["content"] = "It is in [engine.ts:1]."', 'answer["ready"] = True');
const endless = cell('while True: pass');

/** It keeps nothing of what it is asked. */
const model: LanguageModel = {
  ...{ spec: 'scripted', price: undefined, contextTokens: undefined },
  async *stream({ messages }) {
    yield { kind: 'text', text: replyTo(messages) };
    yield {
      kind: 'done',
      usage: { promptTokens: 100, completionTokens: 10, cachedTokens: 0, estimated: false },
      finish: 'stop',
    };
  },
};

function replyTo(messages: readonly Message[]): string {
  const asked = messages.map(({ content }) => content).join('\n');
  if (asked.includes('Read part')) return messages.length <= 2 && !asked.includes('REPL') ? 'part read' : answer;
  if (messages.length > 2) return answer;
  return asked.includes('endless') ? endless : look;
}

interface Figures {
  readonly heapMb: number;
  readonly rssMb: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly handles: number;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const mb = (bytes: number) => Math.round(bytes / 1e5) / 10;

async function measure(): Promise<Figures> {
  // Threads that ended, and what finalizers let go of, need a moment.
  for (let n = 0; n < 5; n++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heapMb: mb(heapUsed),
    rssMb: mb(rss),
    descriptors: readdirSync('/proc/self/fd').length,
    threads: Number(/^Threads:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
    handles: process.getActiveResourcesInfo().filter((kind) => kind !== 'Timeout').length,
  };
}

const folder = await mkdtemp(join(tmpdir(), 'soak-'));
const files = diskFiles([{ location: values.dir }]);
const engine = createEngine({
  loadSnapshot: (signal) => buildSnapshot(files, {}, signal),
  models: { root: model, sub: model },
  repls: createReplPool({ assetsDir: 'dist', cacheDir: '.cache/repl-snapshot' }),
  search: createCodeSearch({ assetsDir: 'dist' }),
  symbols: createSymbolSource({ assetsDir: 'dist' }),
  clock: systemClock,
  hash: sha256,
  newRunId: () => crypto.randomUUID(),
  version: '0.0.0',
});

const outcomes: Record<string, number> = {};
/** Of ten runs one never comes back from its cell and is stopped there, and one is stopped at once. */
async function ask(n: number): Promise<void> {
  const stop = new AbortController();
  const log = openRunLog(join(folder, `${n % 20}.jsonl`));
  const kind = n % 10 === 3 ? 'endless' : n % 10 === 7 ? 'stopped' : 'whole';
  const run = engine.ask(`Where is it, ${kind} ${n}?`, {
    signal: stop.signal,
    onEvent: (event) => {
      log.write(event);
      if (kind === 'endless' && event.type === 'cell-start') setTimeout(() => stop.abort(), 20);
      if (kind === 'stopped' && event.type === 'model-start') stop.abort();
    },
  });
  const { outcome } = await run.done;
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  await log.close();
}

const began = performance.now();
let early: Figures | undefined;
for (let n = 1; n <= runs; n++) {
  await ask(n);
  if (n === warm) early = await measure();
  if (n % 100 === 0) console.log(n, JSON.stringify(await measure()));
}
const late = await measure();
console.log(`${runs} runs in ${Math.round((performance.now() - began) / 1000)} s:`, JSON.stringify(outcomes));
console.log(`after ${warm}: ${JSON.stringify(early)}\nafter ${runs}: ${JSON.stringify(late)}`);
await engine.close();
await rm(folder, { recursive: true });
const grown =
  early === undefined
    ? []
    : (['descriptors', 'threads', 'handles'] as const).filter((what) => late[what] > early[what] + 2);
const heapGrew = early !== undefined && late.heapMb > early.heapMb * 1.2 + 5;
const rssGrew = early !== undefined && late.rssMb > early.rssMb * 1.3 + 50;
if (grown.length > 0 || heapGrew || rssGrew) {
  console.error(`Grown: ${[...grown, ...(heapGrew ? ['heap'] : []), ...(rssGrew ? ['rss'] : [])].join(', ')}`);
  process.exitCode = 1;
}
