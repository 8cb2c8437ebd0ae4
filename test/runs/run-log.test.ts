import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/events.ts';
import { exportedRun } from '../../src/runs/node/exported-run.ts';
import { readRun } from '../../src/runs/node/read-run.ts';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { openRunLog, type RunLogOptions, textsFolder } from '../../src/runs/node/run-log.ts';
import { describeRun } from '../../src/runs/run-text.ts';
import { Script, wholeRun } from './sample-events.ts';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-log-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const newFile = () => join(folder, `run-${count++}.jsonl`);

async function writeLog(events: readonly RunEvent[], options?: RunLogOptions): Promise<string> {
  const file = newFile();
  const log = openRunLog(file, options);
  for (const event of events) log.write(event);
  await log.close();
  expect(log.failed).toBeUndefined();
  return file;
}

const logged = (events: readonly RunEvent[]) => events.filter((event) => event.type !== 'model-delta');

test('what is written is read again, without the live text', async () => {
  const { events } = wholeRun();
  const read = await readRunLog(await writeLog(events));
  expect(read).toEqual({ events: logged(events), damaged: [] });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }).map((part) => part.repeat(3000)),
  fc.constantFrom('\ud800', '\n', '{"$text":"x"}', 'a\udc00b'.repeat(3000)),
);

test('any texts survive the round trip', async () => {
  const property = fc.asyncProperty(fc.array(fc.tuple(anyText, anyText), { maxLength: 6 }), async (pairs) => {
    const script = new Script().start();
    for (const [index, [code, printed]] of pairs.entries())
      script.cellStart('a0', index, code).cellEnd('a0', index, printed);
    // Surrogate halves and what looks like a key aside, nothing may change.
    const read = await readRunLog(await writeLog(script.events));
    expect(read).toEqual({ events: script.events, damaged: [] });
  });
  await fc.assert(property, { numRuns: 60 });
});

test('large texts are stored once, by hash, beside the log', async () => {
  const large = 'x'.repeat(5000);
  const script = new Script().start().cellStart('a0', 1, large).cellEnd('a0', 1, large).cellStart('a0', 2, `${large}y`);
  const file = await writeLog(script.events);
  const names = await readdir(textsFolder(file));
  expect(names).toHaveLength(2);
  const text = await readFile(file, 'utf8');
  expect(text).not.toContain(large);
  expect(text).toMatch(/"code":\{"\$text":"[0-9a-f]{64}","chars":5000\}/);
});

test('a log cut at any byte is readable up to the cut', async () => {
  const script = new Script()
    .start('Wörter?')
    .turn('a0', 1, 'ja')
    .cellStart('a0', 1, `änd ${'ü'.repeat(5000)}`);
  const file = await writeLog(script.cellEnd('a0', 1, 'fünf').events);
  const whole = await readFile(file);
  const all = (await readRunLog(file)).events;
  const prefix = join(folder, 'prefix.jsonl');
  await mkdir(textsFolder(prefix), { recursive: true });
  for (const name of await readdir(textsFolder(file)))
    await writeFile(join(textsFolder(prefix), name), await readFile(join(textsFolder(file), name)));
  for (let bytes = 0; bytes <= whole.length; bytes++) {
    await writeFile(prefix, whole.subarray(0, bytes));
    const { events, damaged } = await readRunLog(prefix);
    const lines = whole.subarray(0, bytes).toString().split('\n');
    const wholeLines = lines.length - 1;
    expect([wholeLines, wholeLines + 1]).toContain(events.length);
    expect(events.at(-1)).toEqual(events.length === 0 ? undefined : all[events.length - 1]);
    const isCut = lines.at(-1) !== '' && events.length === wholeLines;
    expect(damaged).toEqual(isCut ? [{ kind: 'cut-line', line: lines.length }] : []);
  }
});

test('lost and altered texts, bad lines and events from newer versions are named; the rest is read', async () => {
  const script = new Script().start().cellStart('a0', 1, 'x'.repeat(5000)).cellStart('a0', 2, 'y'.repeat(5000));
  const file = await writeLog(script.events);
  const found = (await readFile(file, 'utf8')).matchAll(/\$text":"([0-9a-f]+)"/g);
  const [first = '', second = ''] = Array.from(found, (match) => match[1]);
  await rm(join(textsFolder(file), first));
  await appendFile(join(textsFolder(file), second), 'z');
  await appendFile(file, '{"type":"later","seq":5}\nrubbish\n{"type":"answer","seq":1,"at":2,"agentId":"a0"}\n[1]\n');
  await appendFile(file, '{"type":"constructor","seq":5}\n');
  const { events, damaged } = await readRunLog(file);
  expect(damaged).toEqual([
    { kind: 'lost-text', line: 4, hash: first, problem: 'missing' },
    { kind: 'lost-text', line: 5, hash: second, problem: 'altered' },
    { kind: 'unknown-event', line: 6, type: 'later' },
    { kind: 'bad-line', line: 7, problem: 'not JSON' },
    { kind: 'bad-line', line: 8, problem: 'answer without a proper content' },
    { kind: 'bad-line', line: 9, problem: 'not an event' },
    { kind: 'unknown-event', line: 10, type: 'constructor' },
  ]);
  expect(events[3]).toMatchObject({ code: `[5000 characters lost with ${first.slice(0, 12)}]` });
});

test('secrets reach neither the log nor its texts', async () => {
  const key = 'correct-horse-battery';
  const script = new Script().start().cellStart('a0', 1, `k = "${key}"`).cellStart('a0', 2, `${key} `.repeat(400));
  const file = await writeLog(script.events, { secrets: [key] });
  const texts = await readdir(textsFolder(file));
  const stored = await Promise.all(
    [file, ...texts.map((name) => join(textsFolder(file), name))].map((path) => readFile(path, 'utf8')),
  );
  expect(texts).toHaveLength(1);
  expect(stored.join('')).not.toContain(key);
  expect(stored.join('')).toContain('[redacted]');
});

test('lines reach the disk while the run goes on', async () => {
  const file = newFile();
  const log = openRunLog(file);
  const [first, ...others] = wholeRun().events;
  if (first !== undefined) log.write(first);
  await expect
    .poll(
      () =>
        readRunLog(file).then(
          (read) => read.events.length,
          () => 0,
        ),
      { timeout: 2000 },
    )
    .toBe(1);
  for (const event of others) log.write(event);
  await log.close();
  expect((await readRunLog(file)).events).toEqual(logged([...(first === undefined ? [] : [first]), ...others]));
});

test('a file that cannot be written is reported once and hurts nobody', async () => {
  const problems: string[] = [];
  const blocker = newFile();
  await writeFile(blocker, 'a file where a folder should be');
  const log = openRunLog(join(blocker, 'run.jsonl'), { onTrouble: (problem) => problems.push(problem) });
  for (const event of wholeRun().events) log.write(event);
  await expect.poll(() => problems.length).toBe(1);
  for (const event of wholeRun().events) log.write(event);
  await log.close();
  expect(problems).toHaveLength(1);
  expect(log.failed).toBe(problems[0]);
});

test.runIf(process.platform === 'linux')('a full disk is reported once and hurts nobody', async () => {
  const problems: string[] = [];
  const log = openRunLog('/dev/full', { onTrouble: (problem) => problems.push(problem) });
  for (const event of wholeRun().events) log.write(event);
  await log.close();
  expect(problems).toEqual([expect.stringContaining('ENOSPC')]);
});

test('a new run replaces the log and its texts, and nothing else in their folder', async () => {
  const file = await writeLog(new Script().start().cellStart('a0', 1, 'x'.repeat(5000)).events);
  await writeFile(join(textsFolder(file), 'mine.txt'), 'kept');
  const log = openRunLog(file);
  for (const event of new Script().start().events) log.write(event);
  await log.close();
  expect(await readdir(textsFolder(file))).toEqual(['mine.txt']);
  expect((await readRunLog(file)).events).toHaveLength(3);
  expect((await stat(file)).mode & 0o077).toBe(0);
});

test('a log that somebody made up is read as far as it makes sense, and can be shown', async () => {
  const { events } = new Script().start();
  const [start, snapshot, root] = events;
  const made = (...more: readonly object[]) =>
    [start, snapshot, root, ...more].map(
      (event, seq) => `${JSON.stringify({ at: 1, agentId: 'a0', parentId: null, ...event, seq })}\n`,
    );
  const file = newFile();
  const agent = { type: 'agent-start', role: 'rlm', depth: 1, model: 'm', task: 't', agentId: 'a1' };
  const chain = Array.from({ length: 3000 }, (_, n) => ({
    ...agent,
    depth: n + 1,
    agentId: `b${n}`,
    parentId: n === 0 ? 'a0' : `b${n - 1}`,
  }));
  await writeFile(
    file,
    made(
      { ...agent, parentId: undefined },
      { ...agent, parentId: 'a1' },
      ...chain,
      { type: 'citations', citations: [null] },
      {
        type: 'citations',
        citations: [{ path: 'a', startLine: 1, endLine: 1, status: 'true', quote: '', problem: '' }],
      },
      { type: 'cell-end', cell: 1, status: 'ok', output: {}, error: '', answer: {}, ms: 1 },
      { type: 'run-end', outcome: 'answered', answer: '', citations: [], coverage: {}, usage: {} },
      { type: 'answer', content: 'x', at: 1e300 },
    ).join(''),
  );
  const run = await readRun(file);
  expect(run?.damaged.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'bad-line'));
  expect(describeRun(run?.events ?? [])).toContain('the run never ended');
});

test.each([
  ['cell-end', { looks: [null] }],
  ['cell-end', { looks: {} }],
  ['model-start', { request: null }],
  ['model-end', { failure: null }],
  ['snapshot', { coverage: { filesTotal: 1, filesLoaded: 1, bytesLoaded: 1, leftOut: [], scope: {} } }],
  ['run-end', { evidence: null }],
])('a %s with %j is skipped, and the run is exported all the same', async (type, odd) => {
  const events = wholeRun().events.filter((event) => event.type !== 'model-delta');
  const at = events.findIndex((event) => event.type === type);
  const file = newFile();
  await writeFile(
    file,
    events.map((event, n) => `${JSON.stringify(n === at ? { ...event, ...odd } : event)}\n`).join(''),
  );
  const run = await readRun(file);
  expect(run?.damaged).toMatchObject([{ kind: 'bad-line', line: at + 1 }]);
  const options = { secrets: [], workspaces: [], env: {}, bundleDir: '' };
  for (const format of ['md', 'json', 'sft'] as const)
    expect(await exportedRun(run?.events ?? [], format, options)).not.toBe('');
});
