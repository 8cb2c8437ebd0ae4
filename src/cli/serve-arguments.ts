import { type Command, Option } from 'commander';
import type { RunLimits } from '../agent/limits.ts';
import { addModelOptions, type ModelOptions, type ModelWish, toModels } from './model-arguments.ts';
import { numberWithin } from './numbers.ts';
import { type SandboxOption, sandboxOption } from './sandbox-argument.ts';

export interface ServeCommand extends SandboxOption {
  readonly protocol: 'lsp' | 'mcp';
  readonly models: ModelWish;
  /** Folders to serve over MCP; empty: the client's roots, else the current folder. */
  readonly dirs: readonly string[];
  /** Of each question over MCP; a client can only lower them. */
  readonly limits: Partial<RunLimits>;
}

interface ServeOptions extends ModelOptions, SandboxOption {
  readonly lsp?: boolean;
  readonly mcp?: boolean;
  readonly dir?: readonly string[];
  readonly maxCost?: number;
  readonly timeout?: number;
}

/** `serve --lsp` or `serve --mcp`: the protocol has to be named, as language servers do. */
export function addServe(program: Command, onServe: (command: ServeCommand | { readonly problem: string }) => void) {
  const serve = program
    .command('serve')
    .description('serve editors and agents: checks citations in Markdown files (LSP) and answers questions')
    .addOption(new Option('--lsp', 'speak the Language Server Protocol').conflicts('mcp'))
    .option('--mcp', 'speak the Model Context Protocol: one tool, ask_codebase')
    .option('--stdio', 'over stdin and stdout (as ever)')
    .option('--dir <path>', "with --mcp: folder to serve, may be repeated (default: the client's roots)", append)
    .option(
      '--max-cost <usd>',
      'with --mcp: US dollars of a question',
      numberWithin({ min: 0, max: 1e6, whole: false }),
    )
    .option(
      '--timeout <s>',
      'with --mcp: seconds of a question',
      numberWithin({ min: 0.1, max: 604_800, whole: false }),
    );
  addModelOptions(serve.addOption(sandboxOption())).action((options: ServeOptions) => onServe(toServe(options)));
}

const append = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function toServe(options: ServeOptions): ServeCommand | { readonly problem: string } {
  const { lsp, mcp, dir = [], maxCost, timeout } = options;
  if (!lsp && !mcp) return { problem: 'serve has to be told its protocol: --lsp or --mcp' };
  if (dir.includes('')) return { problem: '--dir is empty; give the path of a folder' };
  const mine = { '--dir': dir[0], '--max-cost': maxCost, '--timeout': timeout };
  const foreign = Object.entries(mine).find(([, value]) => value !== undefined);
  if (lsp && foreign !== undefined) return { problem: `${foreign[0]} is for --mcp: an editor says what it has open` };
  const models = toModels(options);
  if (typeof models === 'string') return { problem: models };
  const limits = {
    ...(maxCost !== undefined && { maxCostUsd: maxCost }),
    ...(timeout !== undefined && { maxSeconds: timeout }),
  };
  return { protocol: lsp ? 'lsp' : 'mcp', models, dirs: dir, limits, sandbox: options.sandbox };
}
