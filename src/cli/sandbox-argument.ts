import { Option } from 'commander';
import type { SandboxKind } from '../repl/node/sandbox.ts';

export interface SandboxOption {
  readonly sandbox: SandboxKind;
}

const kinds = ['thread', 'process'] satisfies SandboxKind[];

export const sandboxOption = (): Option =>
  new Option('--sandbox <where>', 'where sealed interpreters run; process: also behind the permissions of Node')
    .choices(kinds)
    .default('thread');
