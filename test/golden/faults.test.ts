import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { folderOf, runCli, until } from '../support/cli.ts';
import type { Script } from '../support/script.ts';
import { startScriptedServer } from '../support/scripted-server.ts';

const calls = 1000;
const atOnce = 16; // the engine's default
const latencyMs = 200;
const deadMs = 5000;
const key = 'sk-fault-Abcdef0123456789';

const batch = [
  'replies = llm_batch([f"[[script:leaf id={i}]] Read part {i}." for i in range(1000)])',
  'good = [i for i, r in enumerate(replies) if r == f"part {i} read"]',
  'bad = [r for r in replies if isinstance(r, CallError)]',
  'print(len(good), len(bad), sorted(set(bad))[:3])',
  'answer["content"] = f"{len(good)} answered, {len(bad)} reported [a.ts:1]"',
  'answer["ready"] = True',
].join('\n');

/** 429 to every third request for a leaf, half of them with a time to wait; it says the key back, as some servers do. */
function faultyScript(): Script {
  let asked = 0;
  return (request) => {
    if (request.key !== 'leaf') return `\`\`\`repl\n${batch}\n\`\`\``;
    if (++asked % 3 !== 0) return { text: 'part {{id}} read', latencyMs };
    const headers = asked % 2 === 0 ? { 'retry-after': '1' } : {};
    return { status: 429, headers, body: { error: { message: `Rate limit reached for the key ${key}` } } };
  };
}

/** What a client needs that wastes nothing: its answers at the server's pace, and the time in which nobody is there. */
const idealMs = (calls / atOnce) * latencyMs + deadMs;

test('1,000 sub-calls to a server that refuses a third and dies for 5 s are all answered or reported, at its pace', async () => {
  const [folder, home] = await Promise.all([folderOf({ 'a.ts': 'export const a = 1;\n' }), folderOf({})]);
  const script = faultyScript();
  const first = await startScriptedServer({ script });
  const port = Number(new URL(first.url).port);
  const log = join(home.folder, 'faults.jsonl');
  let second: typeof first | undefined;
  const { code, stdout, stderr } = await runCli(home.folder, {
    args: [
      ...['ask', '[[script:root]] Read all.', '--dir', folder.folder, '--model', 'openai:scripted'],
      ...['--base-url', first.url, '--max-calls', '3000', '--json', '--events', log],
    ],
    env: { OPENAI_API_KEY: key },
    meanwhile: async () => {
      await until(() => first.stats.calls > 400);
      await first.close();
      await new Promise((resolve) => setTimeout(resolve, deadMs));
      second = await startScriptedServer({ script, port });
    },
  });
  await second?.close();
  expect(stderr).toContain('Model: openai:scripted');
  expect(code).toBe(0);
  const { events } = await readRunLog(log);
  const end = events.find((event) => event.type === 'call-end');
  const [, good = '', bad = ''] = /^(\d+) answered, (\d+) reported/.exec(JSON.parse(stdout).answer) ?? [];
  expect(Number(good) + Number(bad)).toBe(calls);
  const reported = events.flatMap((event) =>
    event.type === 'agent-end' && event.outcome !== 'answered' ? [event.answer] : [],
  );
  if (reported.length > 0) console.log(`reported: ${[...new Set(reported)].slice(0, 3).join(' | ')}`);
  // Every one that failed is told of by itself, and they are few: each third attempt is refused, at random.
  expect(Number(bad)).toBeLessThan(calls / 50);
  expect(events.filter((event) => event.type === 'agent-end' && event.parentId !== null)).toHaveLength(calls);
  const whileDead = events.filter(
    (event) => event.type === 'model-retry' && /connection|reset|refused/.test(event.reason),
  );
  // A thousand queued calls do not each knock at a dead door.
  expect(whileDead.length).toBeLessThan(100);
  const wallMs = end?.type === 'call-end' ? end.ms : Number.NaN;
  console.log(
    `faults: ${good} answered, ${bad} reported, ${whileDead.length} attempts at the dead server; ${Math.round(wallMs)} ms, ${(wallMs / idealMs).toFixed(2)} × ideal`,
  );
  // The server's own pauses make up nearly all of it, unless others have the processors.
  const isBusy = (loadavg()[0] ?? 0) > 2 * availableParallelism();
  expect(wallMs / idealMs).toBeLessThan(isBusy ? 4 : 1.5);
  for (const text of [stdout, stderr, await readFile(log, 'utf8')]) expect(text).not.toContain(key);
  await Promise.all([folder.remove(), home.remove()]);
});
