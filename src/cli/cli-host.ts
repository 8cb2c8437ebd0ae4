import type { Engine } from '../engine-api.ts';
import type { CatalogGroup } from '../models/choice/catalog.ts';
import type { SnapshotOptions } from '../workspace/options.ts';
import { CliError } from './cli-error.ts';
import type { EvalCommand } from './eval-arguments.ts';
import type { ModelWish } from './model-arguments.ts';
import type { SandboxOption } from './sandbox-argument.ts';
import type { ServeCommand } from './serve-arguments.ts';
import type { Environment } from './user-folders.ts';

/** The part of a stream that the client uses. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** Keys as a terminal sends them, one by one and unechoed. */
export interface Keyboard {
  /** @returns the function that gives the terminal back. */
  listen(onInput: (input: string) => void): () => void;
}

/** What an engine is made of. */
export interface ComposeOptions extends SandboxOption {
  /** Absolute paths of existing folders. */
  readonly dirs: readonly string[];
  readonly models: ModelWish;
  /** What of the folders is read; absent: the default. */
  readonly snapshot?: SnapshotOptions;
  /** Where the running bundle and what belongs to it are. */
  readonly bundleDir: string;
  readonly version: string;
  readonly env: Environment;
  readonly platform: string;
}

export interface Composed {
  readonly engine: Engine;
  /** One line for people: what answers, and why that. */
  readonly sentence: string;
}

/** The process around the client, as a port: tests run whole commands without one. */
export interface CliHost {
  readonly argv: readonly string[];
  readonly env: Environment;
  readonly cwd: string;
  readonly platform: string;
  readonly version: string;
  readonly bundleDir: string;
  /** The folder of Ask Codebase itself, for the sample question. */
  readonly projectDir: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absent when stdin is no terminal. */
  readonly keyboard?: Keyboard;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Calls on Ctrl-C and on a request to end; the returned function stops that. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Serves editors until their connection ends. @returns the exit code. */
  readonly serve: (command: ServeCommand) => Promise<number>;
  /** Runs an evaluation. @returns the exit code. @throws CliError */
  readonly evaluate: (command: EvalCommand) => Promise<number>;
  /** @throws CliError */
  readonly compose: (options: ComposeOptions) => Promise<Composed>;
  /** All models there are to choose from, in words or as data. */
  readonly listModels: () => Promise<{ readonly groups: readonly CatalogGroup[]; readonly text: string }>;
}

/** Resolves when the text has left the process, or cannot because the reader is gone. @throws CliError */
export const print = (output: Output, text: string): Promise<void> =>
  new Promise((resolve, reject) =>
    output.write(text, (error) => {
      if (!error || ('code' in error && error.code === 'EPIPE')) resolve();
      else reject(new CliError(`the answer cannot be written: ${error.message}`, 1));
    }),
  );
