import { type Command, Option } from 'commander';
import { parseModelSpec } from '../models/model-spec.ts';
import type { Environment } from './user-folders.ts';

export interface ServeCommand {
  readonly model: string;
  readonly subModel: string;
  readonly baseUrl: string | undefined;
}

/** `serve --lsp`: the one protocol there is has to be named, as language servers do. */
export function addServe(
  program: Command,
  env: Environment,
  onServe: (command: ServeCommand | { readonly problem: string }) => void,
): void {
  program
    .command('serve')
    .description('serve editors: checks citations in Markdown files and answers questions')
    .addOption(new Option('--lsp', 'speak the Language Server Protocol').makeOptionMandatory())
    .option('--stdio', 'over stdin and stdout (as ever)')
    .option('--model <spec>', 'model of the root: offline, or openai:<name>', 'offline')
    .option('--sub-model <spec>', "model of the sub-agents (default: the root's)")
    .option('--base-url <url>', 'address of an OpenAI-compatible service (or OPENAI_BASE_URL)')
    .action(({ model, subModel = model, baseUrl }: { model: string; subModel?: string; baseUrl?: string }) => {
      for (const spec of [model, subModel]) {
        const checked = parseModelSpec(spec);
        if (checked.kind === 'problem') return onServe({ problem: checked.problem });
      }
      onServe({ model, subModel, baseUrl: baseUrl ?? (env.OPENAI_BASE_URL || undefined) });
    });
}
