import { expect, test } from 'vitest';
import { type AskCommand, parseArguments } from '../../src/cli/arguments.ts';

const parse = (...argv: string[]) => parseArguments(argv, '1.2.3');

function command(...argv: string[]): AskCommand {
  const parsed = parse(...argv);
  if (parsed.kind !== 'ask') throw new Error(`not a command: ${JSON.stringify(parsed)}`);
  return parsed.command;
}

test('a question alone asks whatever model is found about the current folder', () => {
  expect(command('ask', 'why?')).toEqual({
    question: 'why?',
    sample: false,
    dirs: [],
    models: {
      ...{ model: 'auto', subModel: '', baseUrl: undefined, profile: undefined, effort: undefined },
      headers: {},
    },
    limits: {},
    sandbox: 'thread',
    snapshot: {},
    json: false,
    events: undefined,
  });
});

test('everything can be said', () => {
  const asked = command(
    ...[
      'ask',
      'how',
      'does',
      'it',
      'end?',
      '--dir',
      'a',
      '--dir',
      'b',
      '--model',
      'openai:gpt-5',
      '--sub-model',
      'gpt-5-mini',
    ],
    ...['--base-url', 'http://localhost:1/v1', '--max-depth', '0', '--max-calls', '7', '--max-tokens', '1e6'],
    ...['--profile', 'weak', '--effort', 'low', '--header', 'X-Team: blue', '--header', 'x-two:2'],
    ...['--max-cost', '0.5', '--timeout', '2.5', '--json', '--events', 'log.jsonl', '--sandbox', 'process'],
    ...['--max-files', '9', '--max-file-mb', '8', '--max-total-mb', '2000', '--max-memory-mb', '0'],
  );
  expect(asked).toEqual({
    question: 'how does it end?',
    sample: false,
    dirs: ['a', 'b'],
    models: {
      model: 'openai:gpt-5',
      subModel: 'gpt-5-mini',
      baseUrl: 'http://localhost:1/v1',
      profile: 'weak',
      effort: 'low',
      headers: { 'x-team': 'blue', 'x-two': '2' },
    },
    limits: { maxDepth: 0, maxCalls: 7, maxTokens: 1_000_000, maxCostUsd: 0.5, maxSeconds: 2.5 },
    sandbox: 'process',
    snapshot: { maxFiles: 9, maxFileBytes: 8 * 2 ** 20, maxBytes: 2000 * 2 ** 20, maxInMemoryBytes: 0 },
    json: true,
    events: 'log.jsonl',
  });
});

test('without a question it asks the sample one', () => {
  expect(command('ask', '--json')).toMatchObject({ question: 'How are citations verified?', sample: true, json: true });
});

test('the models can be listed', () => {
  expect(parse('models')).toEqual({ kind: 'models', json: false });
  expect(parse('models', '--json')).toEqual({ kind: 'models', json: true });
});

test('a question may begin with a dash after --, and --json after it is a word', () => {
  expect(command('ask', '--', '-x', '--json')).toMatchObject({ question: '-x --json', json: false });
});

const wrong: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
  [[], /no command; try: ask-codebase ask/],
  [['answer', 'me'], /unknown command 'answer'/],
  [['ask', '--dir', 'x'], /--dir needs a question/],
  [['ask', ''], /question is empty/],
  [['ask', '   '], /question is empty/],
  [['ask', 'q', '--dir', ''], /--dir is empty/],
  [['ask', 'q', '--dir'], /argument missing/],
  [['ask', 'q', '--jason'], /unknown option '--jason'.*--json/],
  [['ask', 'q', '--max-depth', '-1'], /'-1' is invalid.*whole number from 0/],
  [['ask', 'q', '--max-depth', '1.5'], /'1.5' is invalid/],
  [['ask', 'q', '--max-calls', '0'], /whole number from 1/],
  [['ask', 'q', '--max-calls', 'ten'], /'ten' is invalid/],
  [['ask', 'q', '--max-tokens', 'NaN'], /'NaN' is invalid/],
  [['ask', 'q', '--max-tokens', ''], /is invalid/],
  [['ask', 'q', '--max-tokens', '0x10'], /is invalid/],
  [['ask', 'q', '--max-cost', '-0.5'], /number from 0/],
  [['ask', 'q', '--max-cost', 'Infinity'], /is invalid/],
  [['ask', 'q', '--timeout', '0'], /number from 0.1/],
  [['ask', 'q', '--model', 'gemini:pro'], /--model: Unknown provider `gemini`/],
  [['ask', 'q', '--model', ''], /--model: No model was named/],
  [['ask', 'q', '--sub-model', 'openai:'], /--sub-model: `openai:` needs a model name/],
  [['ask', 'q', '--base-url', 'localhost:80'], /--base-url must be an http/],
  [['ask', 'q', '--base-url', 'http://h/v1'], /--base-url needs a --model/],
  [['ask', 'q', '--header', 'X-Team: blue'], /--header needs a --model/],
  [['ask', 'q', '--model', 'vscode:copilot/gpt-5'], /only there/],
  [['ask', 'q', '--header', 'no colon'], /must look like/],
  [['ask', 'q', '--header', 'a: b\r\nc: d'], /must look like/],
  [['ask', 'q', '--profile', 'huge'], /frontier, weak, frugal, rlm/],
  [['ask', 'q', '--effort', 'max'], /minimal, low, medium, high/],
  [['ask', 'q', '--events', ''], /--events is empty/],
];

test.each(wrong)('%j is a usage error of one line', (argv, message) => {
  const parsed = parse(...argv);
  expect(parsed).toMatchObject({ kind: 'usage', message: expect.stringMatching(message), json: false });
  expect(parsed.kind === 'usage' && parsed.message).not.toContain('\n');
});

test('a usage error knows of --json', () => {
  expect(parse('ask', '--json', 'q', '--max-calls', 'x')).toMatchObject({ kind: 'usage', json: true });
});

test('help and version are text', () => {
  expect(parse('--version')).toEqual({ kind: 'text', text: '1.2.3\n' });
  expect(parse('ask', '--help')).toMatchObject({
    kind: 'text',
    text: expect.stringMatching(/--max-cost[\s\S]*Exit codes/),
  });
  expect(parse('--help')).toMatchObject({ kind: 'text', text: expect.stringContaining('ask') });
  expect(parse('help')).toEqual(parse('--help'));
  expect(parse('help', 'ask')).toEqual(parse('ask', '--help'));
});

test('verify takes files, and serve has to be told its protocol', () => {
  expect(parse('verify', 'a.md', 'b.md', '--dir', 'repo', '--json')).toEqual({
    kind: 'verify',
    command: { files: ['a.md', 'b.md'], dirs: ['repo'], json: true },
  });
  expect(parse('verify')).toMatchObject({ kind: 'usage', message: expect.stringContaining('files') });
  const served = parse('serve', '--lsp', '--model', 'openai:x');
  const asked = parse('ask', 'why?', '--model', 'openai:x');
  expect(served.kind === 'serve' && served.command.models).toEqual(asked.kind === 'ask' && asked.command.models);
  expect(parse('serve')).toMatchObject({ kind: 'usage', message: expect.stringContaining('--lsp') });
  expect(parse('serve', '--mcp', '--dir', 'a', '--dir', 'b', '--max-cost', '0.5', '--timeout', '60')).toMatchObject({
    ...{ kind: 'serve', command: { protocol: 'mcp', dirs: ['a', 'b'], limits: { maxCostUsd: 0.5, maxSeconds: 60 } } },
  });
  expect(parse('serve', '--lsp', '--mcp')).toMatchObject({ kind: 'usage', message: expect.stringContaining('--mcp') });
  expect(parse('serve', '--lsp', '--dir', 'a')).toMatchObject({
    ...{ kind: 'usage', message: expect.stringContaining('--dir is for --mcp') },
  });
  expect(parse('serve', '--lsp', '--model', ':')).toMatchObject({ kind: 'usage' });
});

test('an answer can be saved', () => {
  expect(command('ask', 'why?', '--save', 'a.md')).toMatchObject({ save: 'a.md' });
  expect(parse('ask', 'why?', '--save', '')).toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('--save'),
  });
});
