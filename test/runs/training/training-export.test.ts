import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Schema, Validator } from '@cfworker/json-schema';
import { expect, test } from 'vitest';
import type { LanguageModel, Message } from '../../../src/models/model.ts';
import type { RunEvent } from '../../../src/runs/events.ts';
import { trainingRows } from '../../../src/runs/training/training-rows.ts';
import { type Trajectory, trajectoriesOf } from '../../../src/runs/training/trajectory.ts';
import { askInMemory } from '../../support/ask.ts';
import { openRepl, testPool } from '../../support/repl.ts';
import { type ScriptedReply, scriptedModel, usage } from '../../support/scripted-model.ts';
import { cell, scriptedRepls } from '../../support/scripted-repl.ts';

const said = (messages: readonly Message[]): string => messages.at(-1)?.content ?? '';

/** The reader of parts, the child and the root tell themselves apart by what they were asked. */
function reply(messages: readonly Message[]): ScriptedReply {
  const [last, first] = [said(messages), messages[1]?.content ?? ''];
  if (last.includes('does not match the schema')) return '{"n": 4}';
  if (first.startsWith('part')) return first.includes('JSON') ? 'four 🐟' : `read: ${first}`;
  if (first.startsWith('Task: child'))
    return messages.length > 2 ? cell('answer: the child says two') : 'I think first.';
  if (messages.length === 2) return `Look, é🐟.\n${cell('hand out')}`;
  const thought = { kind: 'reasoning', text: 'hm' } as const;
  if (messages.length === 4)
    return [thought, { kind: 'text', text: 'No code yet.' }, { kind: 'done', usage, finish: 'stop' }];
  return cell(`answer: One [src/a.ts:${messages.length === 6 ? '90-91' : '1-1'}] [src/none.ts:1].`);
}

const schema = { type: 'object', required: ['n'], properties: { n: { type: 'number' } } } as const;

/** A batch, a reply that has to be asked for again, and a child. */
const repls = () =>
  scriptedRepls(async (code, { onCall }, signal) => {
    if (code !== 'hand out') return { printed: 'nothing\n' };
    await onCall({ op: 'llm_batch', prompts: ['part one', 'part two'] }, signal);
    await onCall({ op: 'llm_query', prompt: 'part three', schema }, signal);
    await onCall({ op: 'rlm_query', child: { task: 'child looks', paths: null, texts: {} } }, signal);
    return { printed: 'handed out é🐟\n', variables: ['parts'] };
  });

const ask = (model: LanguageModel) => askInMemory({ root: model, repls: repls() });

/** Events as the log keeps them. */
const logged = (events: readonly RunEvent[]): readonly RunEvent[] =>
  events.filter(({ type }) => type !== 'model-delta');

/** Siblings of a batch may come in another order: an agent is known by what it was asked. */
function comparable(events: readonly RunEvent[]) {
  return logged(events).map(({ seq: _, at: __, ...event }) => event);
}

/** A model that says what the exported messages say: the reply that follows exactly this request. */
function fromExport(rows: readonly string[]): LanguageModel {
  const replies = new Map<string, Message & { readonly reasoning_content?: string }>();
  const chat = ({ role, content }: Message) => ({ role, content });
  for (const row of rows) {
    const { messages, loss_mask, sampled } = JSON.parse(row) as Exported;
    for (const [at, message] of messages.entries()) {
      const span = sampled.find((one) => one.message === at);
      if (loss_mask[at] !== 1 || span === undefined) continue;
      const content = Array.from(message.content).slice(span.start, span.end).join('');
      replies.set(JSON.stringify(messages.slice(0, at).map(chat)), { ...message, content });
    }
  }
  return scriptedModel((messages) => {
    const found = replies.get(JSON.stringify(messages.map(chat)));
    if (found === undefined) throw new Error(`The export holds no such request: ${said(messages)}`);
    const { content, reasoning_content: thought } = found;
    const before = thought === undefined ? [] : [{ kind: 'reasoning', text: thought } as const];
    return [...before, { kind: 'text', text: content }, { kind: 'done', usage, finish: 'stop' }];
  });
}

interface Exported {
  readonly messages: readonly Message[];
  readonly loss_mask: readonly number[];
  readonly sampled: readonly { readonly message: number; readonly start: number; readonly end: number }[];
}

test('the exported messages, fed back, make the same run', async () => {
  const { events, end } = await ask(scriptedModel(reply));
  expect(end.outcome).toBe('answered');
  const again = await ask(fromExport(trainingRows(logged(events), 'sft')));
  expect(comparable(again.events)).toEqual(comparable(events));
  expect(new Set(events.map(({ type }) => type))).toContain('nudge');
  expect(end.citations.map(({ status }) => status)).toEqual(['verified', 'unverified']);
});

const validator = new Validator(
  JSON.parse(readFileSync('docs/training-export.schema.json', 'utf8')) as Schema,
  '2020-12',
  false,
);

test.each(['sft', 'verifiers'] as const)('each line of %s fits the schema; another would not', async (format) => {
  const { events } = await ask(scriptedModel(reply));
  const rows = trainingRows(logged(events), format);
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(validator.validate(JSON.parse(row)).errors).toEqual([]);
  const line = JSON.parse(rows[0] ?? '');
  for (const broken of [
    { ...line, version: 2 },
    { ...line, sampled: [] },
    { ...line, more: 1 },
  ])
    expect(validator.validate(broken).valid).toBe(false);
  const { messages: _, prompt: __, completion: ___, ...fields } = line;
  expect(fields).toMatchSnapshot();
});

test('a Python script with the standard library reads what was sampled', async () => {
  const { events } = await ask(scriptedModel(reply));
  const replies = logged(events).flatMap((event) => (event.type === 'model-end' ? [event.text] : []));
  const script = readFileSync('docs/read_training_export.py', 'utf8');
  const pool = await testPool();
  const { repl, print } = await openRepl(pool);
  for (const format of ['sft', 'verifiers'] as const) {
    const text = trainingRows(logged(events), format).join('\n');
    const read = `${script}\nprint(json.dumps(read(${JSON.stringify(text)}.splitlines())))`;
    const printed = [await print(read), ...realPython(script, text)];
    for (const summary of printed) {
      const { conversations, texts } = JSON.parse(summary) as { conversations: number; texts: readonly string[] };
      expect(conversations).toBe(5);
      expect([...texts].toSorted()).toEqual([...replies].toSorted());
    }
  }
  await repl.close();
  await pool.close();
});

/** What the machine's own Python prints, where there is one. */
function realPython(script: string, text: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'ask-training-'));
  const [program, data] = [join(folder, 'read.py'), join(folder, 'rows.jsonl')];
  writeFileSync(program, script);
  writeFileSync(data, text);
  const { status, stdout, stderr } = spawnSync('python3', [program, data], { encoding: 'utf8' });
  if (status === null) return [];
  if (status !== 0) throw new Error(stderr);
  return [stdout];
}

const start: RunEvent = {
  ...{ type: 'agent-start', role: 'root', depth: 0, model: 'm', task: 'q' },
  ...{ seq: 0, at: 0, agentId: 'a', parentId: null },
};
const user = (content: string): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });
const told = (text: string, keep: number, ...add: readonly Message[]): readonly RunEvent[] => [
  { ...start, type: 'model-start', turn: 1, promptChars: 0, request: { keep, add } },
  { ...start, type: 'model-end', turn: 1, text, usage: null, costUsd: null, ms: 0 },
];
const shape = (trajectories: readonly Trajectory[]) =>
  trajectories.map(({ messages }) => messages.map(({ source, content }) => `${source}: ${content}`));

test('a conversation that was cut goes on in a segment of its own, its earlier replies not trained on again', () => {
  const cut = told('three', 1, assistant('two'), user('q3'));
  const events = [start, ...told('one', 0, user('q1')), ...told('two', 1, assistant('one'), user('q2')), ...cut];
  expect(shape(trajectoriesOf(events))).toEqual([
    ['prompt: q1', 'reply: one', 'prompt: q2', 'reply: two'],
    ['prompt: q1', 'history: two', 'prompt: q3', 'reply: three'],
  ]);
});

test('a question that was taken back and asked with more in it is one', () => {
  const events = [start, ...told('one', 0, user('q1')), ...told('two', 1, assistant('one'), user('q2'))];
  const failure = { kind: 'context-length', message: 'long' } as const;
  const failed = events.map((event, at) =>
    at === 4 && event.type === 'model-end' ? { ...event, text: '', failure } : event,
  );
  const again = told('three', 2, user('q2 and more'));
  expect(shape(trajectoriesOf([...failed, ...again]))).toEqual([
    ['prompt: q1', 'reply: one', 'prompt: q2 and more', 'reply: three'],
  ]);
});

test('what the host put after a reply is not sampled', () => {
  const events = [start, ...told('é🐟', 0, user('q')), ...told('x', 1, assistant('é🐟\n[cut off]'), user('go on'))];
  const [row = ''] = trainingRows(events, 'verifiers');
  expect(JSON.parse(row).sampled).toEqual([
    { message: 0, start: 0, end: 2 },
    { message: 2, start: 0, end: 1 },
  ]);
});

test('a log without requests still gives conversations, marked as put together', () => {
  const output = { head: 'seen\n', tail: '', totalChars: 5, totalLines: 1, omittedChars: 0 };
  const end = {
    cell: 1,
    status: 'ok',
    output,
    error: '',
    answer: { content: '', ready: false },
    ms: 1,
    waitMs: 0,
  } as const;
  const turns = ['one', 'two'].map((text): readonly RunEvent[] => [
    { ...start, type: 'model-start', turn: 1, promptChars: 0 },
    { ...start, type: 'model-end', turn: 1, text, usage: null, costUsd: null, ms: 0 },
    { ...start, type: 'cell-end', ...end },
  ]);
  const trajectories = trajectoriesOf([start, ...turns.flat()]);
  expect(shape(trajectories)).toEqual([['prompt: q', 'reply: one', 'observation: [cell 1: ok]\nseen', 'reply: two']]);
  expect(trajectories[0]?.exact).toBe(false);
});
