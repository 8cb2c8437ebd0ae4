import { type Command, Option } from 'commander';
import { addModelOptions, type ModelOptions, type ModelWish, toModels } from './model-arguments.ts';

export interface ServeCommand {
  readonly models: ModelWish;
}

/** `serve --lsp`: the one protocol there is has to be named, as language servers do. */
export function addServe(program: Command, onServe: (command: ServeCommand | { readonly problem: string }) => void) {
  const serve = program
    .command('serve')
    .description('serve editors: checks citations in Markdown files and answers questions')
    .addOption(new Option('--lsp', 'speak the Language Server Protocol').makeOptionMandatory())
    .option('--stdio', 'over stdin and stdout (as ever)');
  addModelOptions(serve).action((options: ModelOptions) => {
    const models = toModels(options);
    onServe(typeof models === 'string' ? { problem: models } : { models });
  });
}
