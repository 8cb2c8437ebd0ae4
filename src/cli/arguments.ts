import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { RunLimits } from '../agent/limits.ts';
import { parseModelSpec } from '../models/model-spec.ts';
import { type ProfileId, profileIds } from '../models/profiles/profile.ts';
import { type Effort, efforts } from '../models/wire/dialect.ts';
import { parseHeader } from './header.ts';
import { numberWithin } from './numbers.ts';

/** The models as the command line names them. */
export interface ModelWish {
  /** `auto` when none was named. */
  readonly model: string;
  readonly subModel: string;
  /** Of the root's provider. */
  readonly baseUrl: string | undefined;
  readonly profile: ProfileId | undefined;
  readonly effort: Effort | undefined;
  /** Sent to the root's provider with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface AskCommand {
  readonly question: string;
  /** No question was given: this is the sample one, asked of the project's own folder. */
  readonly sample: boolean;
  /** As given; empty for the current folder (for the project's own when `sample`). */
  readonly dirs: readonly string[];
  /** What was asked of models; each model's provider and key are found when the question is asked. */
  readonly models: ModelWish;
  readonly limits: Partial<RunLimits>;
  readonly json: boolean;
  readonly events: string | undefined;
}

export type ParsedArguments =
  | { readonly kind: 'ask'; readonly command: AskCommand }
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
  const keep = { writeOut: (text: string) => (printed += text), writeErr: (text: string) => (printed += text) };
  for (const command of [program, ...program.commands])
    command.configureOutput({ ...keep, outputError: () => undefined }).exitOverride();
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version')
      return { kind: 'text', text: printed };
    const message = argv.length === 0 ? 'no command; try: ask-codebase ask "<question>"' : oneLine(error.message);
    return { kind: 'usage', message, json };
  }
  return parsed ?? { kind: 'usage', message: 'no command; try: ask-codebase ask "<question>"', json };
}

interface RawOptions {
  readonly dir?: readonly string[];
  readonly model: string;
  readonly subModel?: string;
  readonly baseUrl?: string;
  readonly profile?: ProfileId;
  readonly effort?: Effort;
  readonly header?: Readonly<Record<string, string>>;
  readonly maxDepth?: number;
  readonly maxCalls?: number;
  readonly maxTokens?: number;
  readonly maxCost?: number;
  readonly timeout?: number;
  readonly json?: boolean;
  readonly events?: string;
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
  program
    .command('ask')
    .description('ask one question; without one, a sample question about Ask Codebase itself')
    .argument('[question...]', 'the question')
    .option('--dir <path>', 'folder to ask about, may be repeated (default: the current one)', append)
    .option('--model <spec>', 'model of the root: auto, offline, or <provider>:<name>; see `models`', 'auto')
    .option('--sub-model <spec>', "model of the sub-agents (default: a cheaper one of the root's provider)")
    .option('--base-url <url>', "address of the model's provider (or OPENAI_BASE_URL and the like)")
    .addOption(new Option('--profile <kind>', 'how the models are spoken to (default: by name)').choices(profileIds))
    .addOption(new Option('--effort <level>', 'how much reasoning models think').choices(efforts))
    .option('--header <name: value>', 'sent with every request to the provider, may be repeated', appendHeader)
    .option('--max-depth <n>', 'depth of sub-agents', numberWithin({ min: 0, max: 16, whole: true }))
    .option('--max-calls <n>', 'model calls in all', numberWithin({ min: 1, max: 1e9, whole: true }))
    .option('--max-tokens <n>', 'tokens in all', numberWithin({ min: 1, max: 1e12, whole: true }))
    .option('--max-cost <usd>', 'US dollars in all', numberWithin({ min: 0, max: 1e6, whole: false }))
    .option('--timeout <s>', 'seconds in all', numberWithin({ min: 0.1, max: 604_800, whole: false }))
    .option('--json', 'print one JSON object and nothing else on stdout')
    .option('--events <file>', 'write the log of the run there')
    .addHelpText(
      'after',
      '\nKeys are read from OPENAI_API_KEY, ANTHROPIC_API_KEY and the like; `ask-codebase models` names them.\nExit codes: 0 answered, 1 failed, 2 usage, 3 exhausted, 130 cancelled.',
    )
    .action(onAsk);
  return program;
}

function appendHeader(line: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const header = parseHeader(line);
  if (header === undefined) throw new InvalidArgumentError('It must look like "X-Team: blue".');
  return { ...before, [header.name]: header.value };
}

const append = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function toCommand(words: readonly string[], options: RawOptions): ParsedArguments {
  const { dir = [], json = false, events } = options;
  const usage = (message: string): ParsedArguments => ({ kind: 'usage', message, json });
  const question = words.join(' ').trim();
  const sample = words.length === 0;
  if (sample && dir.length > 0) return usage('--dir needs a question; try: ask-codebase ask "<question>" --dir PATH');
  if (!sample && question === '') return usage('the question is empty');
  if (dir.includes('')) return usage('--dir is empty; give the path of a folder');
  if (events === '') return usage('--events is empty; give the path of a file');
  const models = toModels(options);
  if (typeof models === 'string') return usage(models);
  const limits = toLimits(options);
  return {
    kind: 'ask',
    command: { question: sample ? sampleQuestion : question, sample, dirs: dir, models, limits, json, events },
  };
}

/** @returns what is wrong, as a string. */
function toModels({ model, subModel, baseUrl, profile, effort, header = {} }: RawOptions): ModelWish | string {
  const named = [['--model', model] as const, ...(subModel === undefined ? [] : [['--sub-model', subModel] as const])];
  for (const [option, spec] of named) {
    const checked = parseModelSpec(spec);
    if (checked.kind === 'problem') return `${option}: ${checked.problem}`;
    if (checked.spec.provider === 'vscode') return `${option}: the models of VS Code can be asked only there`;
  }
  if (baseUrl !== undefined && !isHttpUrl(baseUrl))
    return `--base-url must be an http(s) address such as http://localhost:8000/v1, not '${baseUrl}'`;
  const [own] = Object.keys(header);
  if (model === 'auto' && (baseUrl !== undefined || own !== undefined))
    return `${baseUrl === undefined ? '--header' : '--base-url'} needs a --model that it belongs to`;
  return { model, subModel: subModel ?? '', baseUrl, profile, effort, headers: header };
}

function toLimits({ maxDepth, maxCalls, maxTokens, maxCost, timeout }: RawOptions): Partial<RunLimits> {
  const given = { maxDepth, maxCalls, maxTokens, maxCostUsd: maxCost, maxSeconds: timeout };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Commander's messages begin with `error: ` and put suggestions on a second line. */
const oneLine = (message: string): string =>
  message
    .replace(/^error: /, '')
    .replace(/\s+/g, ' ')
    .trim();
