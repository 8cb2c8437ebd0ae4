import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CliError } from '../../src/cli/cli-error.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { readRunLog } from '../../src/runs/node/read-run-log.ts';
import { Script, wholeRun } from '../runs/sample-events.ts';
import { FakeEngine, type FakeHost, fakeHost, Recorder } from './fake-host.ts';

const whole = () => new FakeEngine(wholeRun().events);
const begun = () => new Script().start().turn('a0', 1, 'x').add('a0', { type: 'answer', content: 'half an answer' });
const logsOf = (host: FakeHost) => readdir(join(host.env.XDG_STATE_HOME ?? '', 'ask-codebase', 'runs'));

test('an answer goes to stdout, what happens on the way to stderr', async () => {
  const engine = whole();
  const host = fakeHost(['ask', 'Where', 'is it?'], engine);
  expect(await runCli(host)).toBe(0);
  expect(engine.asked[0]?.question).toBe('Where is it?');
  expect(host.stdout.text).toMatch(/^# Budget\n\nIt is in \[src\/a.ts:9-11 ✓\]/);
  expect(host.stderr.text).toContain('root: started, openai:big\n');
  expect(host.stdout.text + host.stderr.text).not.toContain('\u001b');
  expect(host.composed[0]).toMatchObject({ dirs: [host.cwd], models: { model: 'auto', subModel: '' } });
  expect(engine.closed).toBe(true);
});

test('--json prints one object of the promised shape', async () => {
  const host = fakeHost(['ask', 'q', '--json'], whole());
  expect(await runCli(host)).toBe(0);
  const report = JSON.parse(host.stdout.text);
  expect(Object.keys(report)).toEqual([
    'outcome',
    'reason',
    'answer',
    'citations',
    'coverage',
    'evidence',
    'usage',
    'agents',
    'timings',
    'models',
    'log',
  ]);
  expect(report).toMatchObject({
    outcome: 'answered',
    reason: '',
    coverage: { filesTotal: 15, filesLoaded: 12, bytesLoaded: 34_000 },
    models: { root: 'openai:big', sub: 'openai:small' },
    timings: { snapshotMs: 40, replReadyMs: 200, modelMs: 1000, cellMs: 60, totalMs: 2140 },
  });
  expect(report.citations[0]).toEqual({
    path: 'src/a.ts',
    startLine: 9,
    endLine: 11,
    status: 'verified',
    quote: 'one\n\ttwo\nthree',
  });
  expect(Object.keys(report.usage)).toEqual(['modelCalls', 'promptTokens', 'completionTokens', 'costUsd', 'byModel']);
  expect(report.agents[1]).toEqual({
    agentId: 'a1',
    parentId: 'a0',
    depth: 0,
    model: 'openai:small',
    calls: 1,
    ms: 900,
  });
  expect((await readRunLog(report.log)).events.at(-1)?.type).toBe('run-end');
});

test.each([
  ['failed', 1],
  ['exhausted', 3],
  ['cancelled', 130],
] as const)('%s ends with %i, the answer printed and the reason on stderr', async (outcome, code) => {
  const script = new Script().start().runEnd('a part', outcome, 'the reason');
  const host = fakeHost(['ask', 'q'], new FakeEngine(script.events));
  expect(await runCli(host)).toBe(code);
  expect(host.stdout.text).toMatch(/^a part\n/);
  expect(host.stderr.text).toMatch(/: the reason\n$/);
});

test('without a question the sample one is asked of the project itself', async () => {
  const engine = whole();
  const host = fakeHost(['ask'], engine);
  expect(await runCli(host)).toBe(0);
  expect(engine.asked[0]?.question).toBe('How are citations verified?');
  expect(host.stderr.text).toContain(
    'No question given; asking a sample one of this project: How are citations verified?',
  );
  expect(host.composed[0]?.dirs).toEqual([host.projectDir]);
});

test('what answers is said before it does', async () => {
  const host = fakeHost(['ask', 'q'], whole());
  await runCli(host);
  expect(host.stderr.text).toMatch(/^Model: scripted, as chosen\n/);
});

test('limits, models, address and key reach the engine', async () => {
  const engine = whole();
  const argv = ['ask', 'q', '--max-calls', '3', '--timeout', '9', '--model', 'gpt-5', '--base-url', 'http://h/v1'];
  const host = fakeHost(argv, engine, { env: { OPENAI_API_KEY: 'k-123456789', XDG_STATE_HOME: '/nowhere/at/all' } });
  await runCli(host);
  expect(engine.asked[0]?.options.limits).toEqual({ maxCalls: 3, maxSeconds: 9 });
  expect(host.composed[0]).toMatchObject({
    models: { model: 'gpt-5', subModel: '', baseUrl: 'http://h/v1' },
    env: { OPENAI_API_KEY: 'k-123456789' },
  });
});

test('Ctrl-C ends the run as cancelled with what it has', async () => {
  const end = new Script().start().runEnd('half', 'cancelled', 'The run was cancelled.').events.at(-1);
  const host = fakeHost(['ask', 'q', '--json'], new FakeEngine(begun().events, end ? [end] : []));
  const code = runCli(host);
  await expect.poll(() => host.stderr.text).toContain('started');
  host.interrupt();
  expect(await code).toBe(130);
  expect(JSON.parse(host.stdout.text)).toMatchObject({ outcome: 'cancelled', answer: 'half' });
  expect(host.exits).toEqual([]);
});

test('an engine that does not end after Ctrl-C is left behind within 2 s, its answer and log kept', async () => {
  const host = fakeHost(['ask', 'q', '--json'], new FakeEngine(begun().events));
  const code = runCli(host);
  await expect.poll(() => host.stderr.text).toContain('started');
  const start = Date.now();
  host.interrupt();
  expect(await code).toBe(130);
  expect(Date.now() - start).toBeLessThan(2000);
  const report = JSON.parse(host.stdout.text);
  expect(report).toMatchObject({
    outcome: 'cancelled',
    answer: 'half an answer',
    usage: { modelCalls: 1, costUsd: 0.01 },
  });
  const { events } = await readRunLog(report.log);
  expect(events.at(-1)).toMatchObject({ type: 'run-end', outcome: 'cancelled', seq: events.length - 1 });
});

test('the second Ctrl-C ends the process at once', async () => {
  const host = fakeHost(['ask', 'q'], new FakeEngine(begun().events));
  const code = runCli(host);
  await expect.poll(() => host.stderr.text).toContain('started');
  host.interrupt();
  host.interrupt();
  expect(host.exits).toEqual([130]);
  await code;
});

test('Ctrl-C before there is a run', async () => {
  const host = fakeHost(['ask', 'q', '--json'], whole(), { compose: () => new Promise<never>(() => undefined) });
  const code = runCli(host);
  setTimeout(() => host.interrupt(), 100);
  expect(await code).toBe(130);
  expect(JSON.parse(host.stdout.text)).toMatchObject({
    outcome: 'cancelled',
    reason: 'cancelled before the run began',
  });
});

test('what goes wrong before the run is one line, and one object with --json', async () => {
  const cases: readonly (readonly [argv: readonly string[], code: number, reason: RegExp])[] = [
    [['--dir', 'missing'], 1, /there is no folder 'missing'/],
    [['--dir', 'file.txt'], 1, /'file.txt' is a file/],
    [['--events', 'file.txt'], 2, /'file.txt' exists and is not the log of a run/],
    [['--events', 'folder'], 2, /'folder' is a folder/],
    [['--events', 'new.md', '--save', './new.md'], 2, /--save and --events name the same file/],
    [['--max-calls', '0'], 2, /--max-calls/],
    [['--model', 'what:ever'], 2, /--model: Unknown provider/],
  ];
  for (const [argv, code, reason] of cases)
    for (const json of [[], ['--json']]) {
      const host = fakeHost(['ask', 'q', ...argv, ...json], whole());
      await writeFile(join(host.cwd, 'file.txt'), 'precious');
      await mkdir(join(host.cwd, 'folder'));
      expect(await runCli(host)).toBe(code);
      expect(host.stderr.text).toMatch(/^ask-codebase: [^\n]+\n$/);
      expect(host.stderr.text).toMatch(reason);
      if (json.length === 0) expect(host.stdout.text).toBe('');
      else
        expect(JSON.parse(host.stdout.text)).toMatchObject({
          outcome: 'failed',
          reason: expect.stringMatching(reason),
          log: null,
        });
      expect(await readFile(join(host.cwd, 'file.txt'), 'utf8')).toBe('precious');
    }
});

test('what the composition refuses and what breaks in it are told apart', async () => {
  const refuse = async () => Promise.reject(new CliError('set OPENAI_API_KEY', 2));
  const refused = fakeHost(['ask', 'q'], whole(), { compose: refuse });
  expect(await runCli(refused)).toBe(2);
  expect(refused.stderr.text).toBe('ask-codebase: set OPENAI_API_KEY\n');
  const broken = fakeHost(['ask', 'q'], whole(), { compose: async () => Promise.reject(new TypeError('x is not y')) });
  expect(await runCli(broken)).toBe(1);
  expect(broken.stderr.text).toBe('ask-codebase: internal error: x is not y (ASK_CODEBASE_DEBUG=1 shows where)\n');
});

test('--events names the log, and a log may be written again', async () => {
  const host = fakeHost(['ask', 'q', '--events', 'logs/run.jsonl'], whole());
  expect(await runCli(host)).toBe(0);
  expect(await runCli(host)).toBe(0);
  const { events, damaged } = await readRunLog(join(host.cwd, 'logs', 'run.jsonl'));
  expect([events.length, damaged]).toEqual([
    wholeRun().events.filter((event) => event.type !== 'model-delta').length,
    [],
  ]);
  await expect(logsOf(host)).rejects.toThrow('ENOENT');
});

test('a log that cannot be written costs one line, not the run', async () => {
  const host = fakeHost(['ask', 'q', '--json', '--events', '/dev/null/run.jsonl'], whole());
  expect(await runCli(host)).toBe(0);
  expect(host.stderr.text.match(/The log of this run cannot be written/g)).toHaveLength(1);
  expect(JSON.parse(host.stdout.text).log).toBeNull();
});

test('a reader that went away is no error; a disk that is full is', async () => {
  const broken = (code: string) => new Recorder(false, Object.assign(new Error(code), { code }));
  const gone = { ...fakeHost(['ask', 'q'], whole()), stdout: broken('EPIPE') };
  expect(await runCli(gone)).toBe(0);
  const full = { ...fakeHost(['ask', 'q'], whole()), stdout: broken('ENOSPC') };
  expect(await runCli(full)).toBe(1);
  expect(full.stderr.text).toContain('the answer cannot be written: ENOSPC');
  for (const args of [['--help'], ['--version'], ['models']]) {
    const host = { ...fakeHost(args, whole()), stdout: broken('ENOSPC') };
    expect(await runCli(host)).toBe(1);
    expect(host.stderr.text).toContain('cannot be written: ENOSPC');
  }
});

test('help and version go to stdout', async () => {
  const host = fakeHost(['--version'], whole());
  expect([await runCli(host), host.stdout.text]).toEqual([0, '1.2.3\n']);
});
