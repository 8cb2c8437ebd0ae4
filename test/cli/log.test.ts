import { appendFileSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import type { RunEvent } from '../../src/runs/events.ts';
import { demoEnded, demoRunning } from '../webview/harness/demo-run.ts';
import { FakeEngine, fakeHost, Recorder } from './fake-host.ts';

const linesOf = (events: readonly RunEvent[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');

function logOf(events: readonly RunEvent[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'ask-log-')), 'run.jsonl');
  writeFileSync(file, linesOf(events));
  return file;
}

/** A terminal in memory: what it shows now, and its keys. */
function terminal(file: string) {
  const stdout = new Recorder(true);
  let press: (input: string) => void = () => undefined;
  const keyboard = {
    listen: (onInput: (input: string) => void) => {
      press = onInput;
      return () => undefined;
    },
  };
  const host = { ...fakeHost(['log', file], new FakeEngine([]), { keyboard }), stdout, env: { NO_COLOR: '1' } };
  const done = runCli(host);
  const screen = () =>
    (stdout.text.split('\u001b[H').at(-1) ?? '').replaceAll('\u001b[K', '').replaceAll('\u001b[J', '').split('\r\n');
  const pressAll = (...keys: readonly string[]) => {
    for (const key of keys) press(key);
  };
  return { done, screen, host, press: pressAll };
}

const [up, down, right, left] = ['\u001b[A', '\u001b[B', '\u001b[C', '\u001b[D'];
const chosen = (screen: readonly string[]) => screen.find((line) => line.startsWith('›')) ?? '';

test('without a terminal the run comes as text', async () => {
  const host = fakeHost(['log', logOf(demoEnded())], new FakeEngine([]));
  expect(await runCli(host)).toBe(0);
  expect(host.stdout.text).toContain('llm_batch ×12, 1 failed');
  expect(host.stdout.text).toContain('outcome: answered');
});

test('keys walk the tree, unfold a batch and open what an agent said', async () => {
  const { done, screen, press } = terminal(logOf(demoEnded()));
  await expect.poll(screen).toHaveLength(24);
  expect(screen()[0]).toMatch(/^Where is the retry budget decided.*answered$/);
  expect(chosen(screen())).toContain('root · openai:gpt-5');
  expect(screen().join('\n')).toContain('▸ llm_batch ×12 · 1 failed');
  while (!chosen(screen()).includes('llm_batch ×12')) press(down);
  press(right, right);
  expect(chosen(screen())).toContain('llm Does this decide');
  press(right, right);
  expect(chosen(screen())).toMatch(/asked|turn|answered/);
  press(left, left, left);
  expect(chosen(screen())).toContain('llm_batch ×12');
  press(left);
  expect(chosen(screen())).toContain('▸ llm_batch');
  press('G');
  expect(chosen(screen())).toContain('answered');
  expect(screen().join('\n')).toContain('unverified [docs/retries.md:300-310] the file has 120 lines');
  expect(screen().some((line) => /^\s*error\s*$/.test(line))).toBe(false);
  press('g', up);
  expect(chosen(screen())).toContain('root');
  press('e');
  expect(screen().join('\n')).toContain('│ I rank the passages first.');
  press('q');
  expect(await done).toBe(0);
});

test('a run that goes on is followed, and each line fits', async () => {
  const events = demoEnded();
  const running = demoRunning().events;
  const file = logOf(running);
  const { done, screen, press } = terminal(file);
  await expect.poll(screen).toHaveLength(24);
  expect(screen()[0]).toMatch(/going on$/);
  writeFileSync(file, '');
  appendFileSync(file, linesOf(events));
  await expect.poll(() => screen()[0], { timeout: 5000 }).toMatch(/answered$/);
  for (const line of screen()) expect([...line].length).toBeLessThanOrEqual(80);
  press('q');
  expect(await done).toBe(0);
});

test('what files and models hold cannot reach the terminal', async () => {
  const harm = '\u001b]52;c;aGk=\u0007\u001b[2J\u202eevil\u009b31m\u0000';
  const events = demoEnded('answered', harm, `Answer ${harm}`).map((event) =>
    event.type === 'cell-start' ? { ...event, code: `print("${harm}")` } : event,
  );
  const file = logOf(events);
  const { done, press, host } = terminal(file);
  await expect.poll(() => host.stdout.text).toContain('root');
  press('e', 'G', 'q');
  await done;
  const plain = fakeHost(['log', '--plain', file], new FakeEngine([]));
  await runCli(plain);
  for (const text of [host.stdout.text, plain.stdout.text]) {
    expect(text).toContain('evil');
    for (const part of ['\u202e', '\u009b', '\u0000', '\u0007', '\u001b]', '\u001b[2J'])
      expect(text).not.toContain(part);
  }
});

test.each([
  [['log', 'none.jsonl'], "there is no file 'none.jsonl'"],
  [['export', '--format', 'html', 'none.jsonl'], "there is no file 'none.jsonl'"],
  [['export', 'a.jsonl'], "required option '--format <format>'"],
  [['export', '--format', 'pdf', 'a.jsonl'], 'Allowed choices are md, json, html, sft, verifiers'],
  [['export', '--format', 'html', 'a.jsonl', 'b.jsonl'], '--format html takes one run'],
])('%j is refused with what to do', async (argv, message) => {
  const host = fakeHost(argv, new FakeEngine([]));
  expect(await runCli(host)).toBe(2);
  expect(host.stderr.text).toContain(message);
});

test('a file that is no log is refused, and a log is not written over', async () => {
  const file = logOf([]);
  writeFileSync(file, 'hello\n{"a":1}\n');
  const host = fakeHost(['log', file], new FakeEngine([]));
  expect(await runCli(host)).toBe(2);
  expect(host.stderr.text).toContain('is no log of a run');
  const log = logOf(demoEnded());
  const over = fakeHost(['export', '--format', 'json', '-o', log, log], new FakeEngine([]));
  expect(await runCli(over)).toBe(2);
  const link = `${log}.link`;
  symlinkSync(log, link);
  const overLink = fakeHost(['export', '--format', 'md', '-o', link, log], new FakeEngine([]));
  expect(await runCli(overLink)).toBe(2);
  expect(readFileSync(log, 'utf8')).toBe(linesOf(demoEnded()));
});

test('an export as JSON opens like the log', async () => {
  const log = logOf(demoEnded());
  const exported = fakeHost(['export', '--format', 'json', log], new FakeEngine([]));
  expect(await runCli(exported)).toBe(0);
  const copy = logOf([]);
  writeFileSync(copy, exported.stdout.text);
  const [first, second] = [log, copy].map((file) => fakeHost(['log', file], new FakeEngine([])));
  await Promise.all([first, second].map((host) => host && runCli(host)));
  expect(second?.stdout.text).toContain('outcome: answered');
  expect(second?.stdout.text.replaceAll('<path>', '')).toBe(first?.stdout.text.replaceAll('/srv/work/shop', ''));
});
