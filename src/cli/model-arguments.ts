import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseModelSpec } from '../models/model-spec.ts';
import { type ProfileId, profileIds } from '../models/profiles/profile.ts';
import { type Effort, efforts } from '../models/wire/dialect.ts';
import { parseHeader } from './header.ts';

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

export interface ModelOptions {
  readonly model: string;
  readonly subModel?: string;
  readonly baseUrl?: string;
  readonly profile?: ProfileId;
  readonly effort?: Effort;
  readonly header?: Readonly<Record<string, string>>;
}

export function addModelOptions(command: Command): Command {
  return command
    .option('--model <spec>', 'model of the root: auto, offline, or <provider>:<name>; see `models`', 'auto')
    .option('--sub-model <spec>', "model of the sub-agents (default: a cheaper one of the root's provider)")
    .option('--base-url <url>', "address of the model's provider (or OPENAI_BASE_URL and the like)")
    .addOption(new Option('--profile <kind>', 'how the models are spoken to (default: by name)').choices(profileIds))
    .addOption(new Option('--effort <level>', 'how much reasoning models think').choices(efforts))
    .option('--header <name: value>', 'sent with every request to the provider, may be repeated', appendHeader);
}

function appendHeader(line: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const header = parseHeader(line);
  if (header === undefined) throw new InvalidArgumentError('It must look like "X-Team: blue".');
  return { ...before, [header.name]: header.value };
}

/** @returns what is wrong, as a string. */
export function toModels({ model, subModel, baseUrl, profile, effort, header = {} }: ModelOptions): ModelWish | string {
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

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
