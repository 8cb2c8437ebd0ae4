import { readReport } from '../../../src/repl/cell-report.ts';
import { parseHostCall } from '../../../src/repl/parse-host-call.ts';
import { type FuzzTarget, hold } from '../target.ts';

const all = { paths: null, texts: {} };
const calls = [
  { op: 'llm_query', prompt: 'read', model: 'root', schema: { type: 'object', properties: { n: { type: 'number' } } } },
  { op: 'llm_batch', prompts: ['a', 'b'], model: 'sub' },
  { op: 'rlm_query', child: { task: 'look', paths: ['a.ts'], texts: { 'b.ts': 'text' } } },
  { op: 'rlm_batch', children: [{ task: 'look', ...all }], schema: { $ref: '#/$defs/a', $defs: { a: { enum: [1] } } } },
  { op: 'search', query: 'one', k: 3, files: all },
  { op: 'budget' },
  { op: 'symbols', query: { ask: 'symbols', name: 'one', limit: 5 } },
  { op: 'symbols', query: { ask: 'outline', path: 'a.ts', text: 'x' } },
  { op: 'git', query: { ask: 'blame', path: 'a.ts', start: 1, end: 2 } },
  { op: 'git', query: { ask: 'changed_since', ref: 'main' } },
];
const report = {
  ...{ ended: 'ok', error: '', answer: { content: 'x', ready: true }, variables: ['a'] },
  output: { head: 'h', tail: 't', totalChars: 2, totalLines: 1, omittedChars: 0 },
  looks: [{ kind: 'grep', what: 'x', files: 1, found: 2, given: 1 }],
};

export const hostCalls: FuzzTarget = {
  name: 'host-calls',
  seeds: [...calls, report].map((value) => JSON.stringify(value)),
  words: [
    '"op"',
    '"llm_batch"',
    '"paths"',
    '"schema"',
    '"pattern"',
    '"__proto__"',
    '"properties"',
    '"prompts"',
    'null',
    'true',
    '{}',
    '[]',
    '{"a":',
    '[',
    ']',
    '}',
    ',',
    '":"',
    '""',
    '"constructor"',
  ],
  check(input) {
    const value = parse(input);
    const parsed = parseHostCall(value);
    if ('refused' in parsed) hold(parsed.refused !== '' && parsed.refused.length < 1000, 'a refusal is one sentence');
    else {
      const text = JSON.stringify(parsed.call);
      hold(text.length <= JSON.stringify(value).length, 'a call holds no more than was said');
      hold(
        JSON.stringify(parseHostCall(JSON.parse(text))) === JSON.stringify(parsed),
        'a call that is said again is the same',
      );
      hold(
        !/"(?:pattern|patternProperties)":"/.test(JSON.stringify('schema' in parsed.call ? parsed.call.schema : '')),
        'no pattern gets through',
      );
    }
    const read = readReport(value, { cellMs: 1000, outputChars: 100 });
    hold(read.output.head.length <= 200 && read.output.tail.length <= 200, 'output is bounded');
    hold(
      read.variables.length <= 500 && read.looks.length <= 1000 && read.error.length <= 20_000,
      'a report is bounded',
    );
    hold(
      JSON.stringify(readReport(JSON.parse(JSON.stringify(read)), { cellMs: 1000, outputChars: 100 }).output) ===
        JSON.stringify(read.output),
      'a report that is read again is the same',
    );
  },
};

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}
