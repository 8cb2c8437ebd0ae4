import { Command, CommanderError } from 'commander';
import type { RunLimits } from '../agent/limits.ts';
import type { SnapshotOptions } from '../workspace/options.ts';
import { addEval, type EvalCommand } from './eval-arguments.ts';
import { addExport, addLog, type ExportCommand, type LogCommand } from './log-arguments.ts';
import { addModelOptions, type ModelOptions, type ModelWish, toModels } from './model-arguments.ts';
import { numberWithin } from './numbers.ts';
import { type SandboxOption, sandboxOption } from './sandbox-argument.ts';
import { addServe, type ServeCommand } from './serve-arguments.ts';
import type { VerifyCommand } from './verify.ts';

export interface AskCommand extends SandboxOption {
  readonly question: string;
  /** No question was given: this is the sample one, asked of the project's own folder. */
  readonly sample: boolean;
  /** As given; empty for the current folder (for the project's own when `sample`). */
  readonly dirs: readonly string[];
  /** What was asked of models; each model's provider and key are found when the question is asked. */
  readonly models: ModelWish;
  readonly limits: Partial<RunLimits>;
  readonly snapshot: SnapshotOptions;
  readonly json: boolean;
  readonly events: string | undefined;
  /** A Markdown file to write the answer to. */
  readonly save: string | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'verify'; readonly command: VerifyCommand }
  | { readonly kind: 'serve'; readonly command: ServeCommand }
  | { readonly kind: 'ask'; readonly command: AskCommand }
  | { readonly kind: 'export'; readonly command: ExportCommand }
  | { readonly kind: 'log'; readonly command: LogCommand }
  | { readonly kind: 'eval'; readonly command: EvalCommand }
  | { readonly kind: 'models'; readonly json: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'usage'; readonly message: string; readonly json: boolean };

const sampleQuestion = 'How are citations verified?';

/** Reads a command line. Pure: prints nothing, ends nothing, touches no disk. */
export function parseArguments(argv: readonly string[], version: string): ParsedArguments {
  let printed = '';
  let parsed: ParsedArguments | undefined;
  const json = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length).includes('--json');
  const program = createProgram(version, {
    onAsk: (words, options) => {
      parsed = toCommand(words, options);
    },
    onModels: ({ json = false }) => {
      parsed = { kind: 'models', json };
    },
  });
  addVerify(program, (command) => {
    parsed = { kind: 'verify', command };
  });
  addServe(program, (command) => {
    parsed = 'problem' in command ? { kind: 'usage', message: command.problem, json } : { kind: 'serve', command };
  });
  addLog(program, (command) => {
    parsed = { kind: 'log', command };
  });
  addExport(program, (command) => {
    parsed = 'problem' in command ? { kind: 'usage', message: command.problem, json } : { kind: 'export', command };
  });
  addEval(program, (command) => {
    parsed = 'problem' in command ? { kind: 'usage', message: command.problem, json } : { kind: 'eval', command };
  });
  const keep = { writeOut: (text: string) => (printed += text), writeErr: (text: string) => (printed += text) };
  for (const command of [program, ...program.commands])
    command.configureOutput({ ...keep, outputError: () => undefined }).exitOverride();
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text: printed };
    const message =
      error.code === 'commander.help' ? 'no command; try: ask-codebase ask "<question>"' : oneLine(error.message);
    return { kind: 'usage', message, json };
  }
  return parsed ?? { kind: 'usage', message: 'no command; try: ask-codebase ask "<question>"', json };
}

interface RawOptions extends ModelOptions, SandboxOption {
  readonly dir?: readonly string[];
  readonly maxDepth?: number;
  readonly maxCalls?: number;
  readonly maxTokens?: number;
  readonly maxCost?: number;
  readonly timeout?: number;
  readonly maxFiles?: number;
  readonly maxFileMb?: number;
  readonly maxTotalMb?: number;
  readonly maxMemoryMb?: number;
  readonly json?: boolean;
  readonly events?: string;
  readonly save?: string;
}

interface Actions {
  readonly onAsk: (words: readonly string[], options: RawOptions) => void;
  readonly onModels: (options: { readonly json?: boolean }) => void;
}

function createProgram(version: string, { onAsk, onModels }: Actions): Command {
  const program = new Command('ask-codebase')
    .description('Answers questions about a codebase, with citations checked against its files.')
    .version(version);
  program
    .command('models')
    .description('list the models that can be asked, and what is missing for the others')
    .option('--json', 'print them as JSON')
    .action(onModels);
  const ask = program
    .command('ask')
    .description('ask one question; without one, a sample question about Ask Codebase itself')
    .argument('[question...]', 'the question')
    .option('--dir <path>', 'folder to ask about, may be repeated (default: the current one)', append);
  addModelOptions(ask)
    .option('--max-depth <n>', 'depth of sub-agents', numberWithin({ min: 0, max: 16, whole: true }))
    .option('--max-calls <n>', 'model calls in all', numberWithin({ min: 1, max: 1e9, whole: true }))
    .option('--max-tokens <n>', 'tokens in all', numberWithin({ min: 1, max: 1e12, whole: true }))
    .option('--max-cost <usd>', 'US dollars in all', numberWithin({ min: 0, max: 1e6, whole: false }))
    .option('--timeout <s>', 'seconds in all', numberWithin({ min: 0.1, max: 604_800, whole: false }))
    .addOption(sandboxOption())
    .option('--max-files <n>', 'files to read', numberWithin({ min: 1, max: 500_000, whole: true }))
    .option('--max-file-mb <n>', 'largest file to read, in MB', numberWithin({ min: 0.001, max: 64, whole: false }))
    .option('--max-total-mb <n>', 'text to read in all, in MB', numberWithin({ min: 0.001, max: 1e6, whole: false }))
    .option(
      '--max-memory-mb <n>',
      'text to hold in memory, more goes into a file',
      numberWithin({ min: 0, max: 2048, whole: false }),
    )
    .option('--json', 'print one JSON object and nothing else on stdout')
    .option('--events <file>', 'write the log of the run there')
    .option('--save <file>', 'write the answer there as Markdown, for `verify` to check later')
    .addHelpText(
      'after',
      '\nKeys are read from OPENAI_API_KEY, ANTHROPIC_API_KEY and the like; `ask-codebase models` names them.\nExit codes: 0 answered, 1 failed, 2 usage, 3 exhausted, 130 cancelled.',
    )
    .action(onAsk);
  return program;
}

function addVerify(program: Command, onVerify: (command: VerifyCommand) => void): void {
  program
    .command('verify')
    .description('check the citations of saved answers (Markdown files) against the code')
    .argument('<files...>', 'the files')
    .option('--dir <path>', 'folder that the citations are about, may be repeated (default: the current one)', append)
    .option('--json', 'print one JSON object and nothing else on stdout')
    .addHelpText('after', '\nExit codes: 0 all citations stand, 1 some are stale, 2 usage.')
    .action((files: readonly string[], { dir = [], json = false }: Pick<RawOptions, 'dir' | 'json'>) =>
      onVerify({ files, dirs: dir, json }),
    );
}

const append = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function toCommand(words: readonly string[], options: RawOptions): ParsedArguments {
  const { dir = [], json = false, events, save, sandbox } = options;
  const usage = (message: string): ParsedArguments => ({ kind: 'usage', message, json });
  const question = words.join(' ').trim();
  const sample = words.length === 0;
  if (sample && dir.length > 0) return usage('--dir needs a question; try: ask-codebase ask "<question>" --dir PATH');
  if (!sample && question === '') return usage('the question is empty');
  if (dir.includes('')) return usage('--dir is empty; give the path of a folder');
  if (save === '') return usage('--save is empty; give the path of a file');
  if (events === '') return usage('--events is empty; give the path of a file');
  const models = toModels(options);
  if (typeof models === 'string') return usage(models);
  const limits = toLimits(options);
  return {
    kind: 'ask',
    command: {
      question: sample ? sampleQuestion : question,
      ...{ sample, dirs: dir, models, limits, sandbox, snapshot: toSnapshot(options), json, events, save },
    },
  };
}

function toLimits({ maxDepth, maxCalls, maxTokens, maxCost, timeout }: RawOptions): Partial<RunLimits> {
  const given = { maxDepth, maxCalls, maxTokens, maxCostUsd: maxCost, maxSeconds: timeout };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A megabyte here is 2^20 bytes, as in the settings of the editor. */
function toSnapshot({ maxFiles, maxFileMb, maxTotalMb, maxMemoryMb }: RawOptions): SnapshotOptions {
  const bytes = (megabytes: number) => Math.round(megabytes * 2 ** 20);
  return {
    ...(maxFiles !== undefined && { maxFiles }),
    ...(maxFileMb !== undefined && { maxFileBytes: bytes(maxFileMb) }),
    ...(maxTotalMb !== undefined && { maxBytes: bytes(maxTotalMb) }),
    ...(maxMemoryMb !== undefined && { maxInMemoryBytes: bytes(maxMemoryMb) }),
  };
}

/** Commander's messages begin with `error: ` and put suggestions on a second line. */
const oneLine = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .trim();
