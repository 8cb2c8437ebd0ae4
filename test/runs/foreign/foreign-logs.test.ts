import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/runs/events.ts';
import { isFastRlmLog, readFastRlmLog } from '../../../src/runs/foreign/fast-rlm-log.ts';
import { isRlmLog, readRlmLog } from '../../../src/runs/foreign/rlm-log.ts';
import { describeRun } from '../../../src/runs/run-text.ts';
import { emptyRun, reduceRun } from '../../../src/runs/run-tree.ts';

/** In the shape of their loggers, with contents of our own. */
const usage = (model: string, input: number, output: number) => ({
  model_usage_summaries: {
    [model]: { total_calls: 1, total_input_tokens: input, total_output_tokens: output, total_cost: 0.01 },
  },
});

const result = (part: object) => ({
  stdout: '',
  stderr: '',
  locals: {},
  execution_time: 0.5,
  rlm_calls: [],
  final_answer: null,
  ...part,
});

const call = (part: object) => ({
  root_model: 'small',
  prompt: 'p',
  response: 'r',
  usage_summary: usage('small', 10, 2),
  execution_time: 1,
  ...part,
});

const rlmLog = [
  {
    type: 'metadata',
    timestamp: '2026-01-02T03:04:00',
    root_model: 'big',
    max_depth: 2,
    max_iterations: 30,
    backend: 'openai',
  },
  {
    ...{ type: 'iteration', iteration: 1, timestamp: '2026-01-02T03:04:10', iteration_time: 4 },
    prompt: [
      { role: 'system', content: 'You have a REPL.' },
      {
        role: 'user',
        content: 'Answer the following: How many rivers?\n\nYour context is a str of 9 total characters.',
      },
    ],
    response: 'I look.\n```repl\nparts = llm_query_batched(chunks)\n```',
    code_blocks: [
      {
        code: 'parts = llm_query_batched(chunks)',
        result: result({
          stdout: 'two\n',
          rlm_calls: [call({ prompt: 'chunk 1' }), call({ prompt: 'chunk 2', response: '', error: 'timed out' })],
        }),
      },
      { code: 'boom()', result: result({ stderr: 'Traceback (most recent call last):\nNameError: boom' }) },
    ],
    final_answer: null,
  },
  {
    ...{ type: 'iteration', iteration: 2, timestamp: '2026-01-02T03:04:30', iteration_time: 12 },
    prompt: [
      { role: 'system', content: 'You have a REPL.' },
      {
        role: 'user',
        content: 'Answer the following: How many rivers?\n\nYour context is a str of 9 total characters.',
      },
      { role: 'assistant', content: 'I look.\n```repl\nparts = llm_query_batched(chunks)\n```' },
      { role: 'user', content: 'two' },
    ],
    response: 'A child checks.\n```repl\nx = rlm_query("check")\n```',
    code_blocks: [
      {
        code: 'x = rlm_query("check")',
        result: result({
          rlm_calls: [
            call({
              prompt: 'check',
              response: 'seven',
              execution_time: 5,
              metadata: {
                run_metadata: { root_model: 'small' },
                iterations: [
                  {
                    ...{
                      type: 'iteration',
                      iteration: 1,
                      timestamp: '2026-01-02T03:04:25',
                      iteration_time: 3,
                      prompt: 'check',
                      response: '```repl\nprint(7)\n```',
                    },
                    code_blocks: [
                      {
                        code: 'print(7)',
                        result: result({ stdout: '7\n', rlm_calls: [call({ prompt: 'deeper', response: 'yes' })] }),
                      },
                    ],
                    final_answer: 'seven',
                  },
                ],
              },
            }),
          ],
        }),
      },
    ],
    final_answer: 'Seven rivers.',
  },
];

const step = (run: string, parent: string | undefined, depth: number, time: number, rest: object) => ({
  ...{
    level: 30,
    time: new Date(1_770_000_000_000 + time * 1000).toISOString(),
    run_id: run,
    parent_run_id: parent,
    depth,
  },
  ...rest,
});
const spent = {
  prompt_tokens: 100,
  completion_tokens: 10,
  total_tokens: 110,
  cached_tokens: 50,
  reasoning_tokens: 0,
  cost: 0.001,
};
const nothing = {
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  cached_tokens: 0,
  reasoning_tokens: 0,
  cost: 0,
};
const looked = (question: string) => ({
  ...{ event_type: 'execution_result', step: 0, code: 'print(context)', hasError: false, usage: nothing },
  output: `Context type:  <class 'str'>\nContext length: 9\nContext:  ${question}\n`,
});
const fastLog = [
  step('r', undefined, 0, 0, looked('How many lakes?')),
  step('a', 'r', 1, 5, looked('Lakes in the north?')),
  step('b', 'r', 1, 5, looked('Lakes in the south?')),
  step('c', 'a', 2, 7, looked('Is Ister a lake?')),
  step('c', 'a', 2, 8, {
    event_type: 'code_generated',
    step: 1,
    code: 'FINAL("no")',
    reasoning: 'A river.',
    usage: spent,
  }),
  step('c', 'a', 2, 8, { event_type: 'final_result', result: 'no' }),
  step('b', 'r', 1, 9, { event_type: 'final_result', result: ['x', 'y'] }),
  step('a', 'r', 1, 10, {
    event_type: 'execution_result',
    step: 1,
    code: 'llm_query(q)',
    output: '[FULL OUTPUT SHOWN]... no',
    hasError: false,
    usage: spent,
  }),
  step('a', 'r', 1, 11, { event_type: 'final_result', result: 3 }),
  step('r', undefined, 0, 12, {
    event_type: 'execution_result',
    step: 1,
    code: 'await gather(…)',
    output: 'Error: x',
    hasError: true,
    reasoning: 'North, south.',
    usage: spent,
  }),
  step('r', undefined, 0, 14, { event_type: 'code_generated', step: 2, code: 'FINAL(n)', usage: spent }),
  step('r', undefined, 0, 14, { event_type: 'final_result', result: { lakes: 5 } }),
];

const stateOf = (events: readonly RunEvent[]) => events.reduce(reduceRun, emptyRun);

test('a log of rlm: iterations, batches, nested trajectories, errors', () => {
  expect(isRlmLog(rlmLog)).toBe(true);
  expect(isFastRlmLog(rlmLog)).toBe(false);
  const events = readRlmLog(rlmLog);
  expect(describeRun(events)).toMatchSnapshot();
  const run = stateOf(events);
  expect([run.question, run.outcome, run.answer]).toEqual(['How many rivers?', 'answered', 'Seven rivers.']);
  expect(run.totals.costUsd).toBe(null);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at));
});

test('a log of fast-rlm: children stand in the cell that made them', () => {
  expect(isFastRlmLog(fastLog)).toBe(true);
  expect(isRlmLog(fastLog)).toBe(false);
  const events = readFastRlmLog(fastLog);
  expect(describeRun(events)).toMatchSnapshot();
  const run = stateOf(events);
  expect(run.agents.get('c')).toMatchObject({ parentId: 'a', depth: 2, task: 'Is Ister a lake?', answer: 'no' });
  expect([run.totals.agents, run.totals.active, run.totals.costUsd?.toFixed(3)]).toEqual([4, 0, '0.004']);
});

test('a log that was cut off ends as cancelled', () => {
  const run = stateOf(readFastRlmLog(fastLog.slice(0, 6)));
  expect([run.outcome, run.totals.active]).toEqual(['cancelled', 0]);
  expect(stateOf(readRlmLog(rlmLog.slice(0, 2))).outcome).toBe('cancelled');
});

test('whatever lines there are, reading ends and the tree holds each run once', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const line = fc.record({
    run_id: id,
    parent_run_id: fc.option(id, { nil: undefined }),
    time: fc.string(),
    event_type: fc.constantFrom('execution_result', 'code_generated', 'final_result', 'agent_start'),
    step: fc.nat(4),
    code: fc.anything(),
    usage: fc.anything(),
    output: fc.anything(),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), (lines) => {
      const run = stateOf(readFastRlmLog(lines));
      expect(run.totals.agents).toBe(new Set(lines.map(({ run_id }) => run_id)).size);
      expect(run.end).toBeDefined();
    }),
  );
  const iteration = fc.record({
    type: fc.constant('iteration'),
    code_blocks: fc.anything(),
    prompt: fc.anything(),
    response: fc.anything(),
  });
  fc.assert(fc.property(fc.array(iteration), (lines) => void expect(stateOf(readRlmLog(lines)).end).toBeDefined()));
});
