import { type Command, Option } from 'commander';
import { type ExportFormat, exportFormats } from '../runs/export/formats.ts';

export interface ExportCommand {
  readonly format: ExportFormat;
  /** As given; one, but for training. */
  readonly files: readonly string[];
  /** Where to write; `undefined` for stdout. */
  readonly output: string | undefined;
  /** Folders whose locations must not be in what is written, as given. */
  readonly dirs: readonly string[];
}

export interface LogCommand {
  readonly file: string;
  /** As text, also where a terminal could show it interactively. */
  readonly plain: boolean;
}

interface RawExport {
  readonly format: ExportFormat;
  readonly output?: string;
  readonly dir?: readonly string[];
}

export function addExport(program: Command, onExport: (command: ExportCommand | { readonly problem: string }) => void) {
  program
    .command('export')
    .description('write a run to share it or to train on it, without secrets and absolute paths')
    .argument('<runs...>', 'logs of runs; one, but for training. Logs of rlm and fast-rlm are read as well')
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('-o, --output <file>', 'file to write (default: stdout)')
    .option(
      '--dir <path>',
      'folder that the run was about, to be hidden; may be repeated (default: the current one)',
      append,
    )
    .addHelpText(
      'after',
      '\nsft and verifiers: one line of JSON for each conversation of an agent (docs/training-export.md).',
    )
    .action((files: readonly string[], { format, output, dir = [] }: RawExport) => {
      const training = format === 'sft' || format === 'verifiers';
      if (output === '') onExport({ problem: '--output is empty; give the path of a file' });
      else if (files.length > 1 && !training) onExport({ problem: `--format ${format} takes one run` });
      else onExport({ format, files, output, dirs: dir });
    });
}

export function addLog(program: Command, onLog: (command: LogCommand) => void) {
  program
    .command('log')
    .description('look through a run: its tree of agents, their cells and what came of them')
    .argument('<run>', 'log of a run, also of one that goes on; of rlm and fast-rlm as well')
    .option('--plain', 'as text (as ever where stdout is no terminal)')
    .action((file: string, { plain = false }: { readonly plain?: boolean }) => onLog({ file, plain }));
}

const append = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
