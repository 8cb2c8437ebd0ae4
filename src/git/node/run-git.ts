import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { HostRefusal } from '../../repl/repl.ts';

export interface GitRun {
  readonly code: number | null;
  readonly stdout: string;
  /** What was printed, as it was. */
  readonly bytes: Uint8Array;
  readonly stderr: string;
  /** More was printed than is kept; what is kept ends in a whole line. */
  readonly cut: boolean;
}

const maxBytes = 8 * 2 ** 20;
const maxMs = 15_000;

/**
 * Settings of a repository can name programs that git runs (https://git-scm.com/docs/git-config). The ones that any of our
 * subcommands would read are set to nothing here; the command line wins over every file.
 */
const harmless = [
  // Every repository is taken for hostile, whoever owns it: in a container or a share that is often somebody else.
  'safe.directory=*',
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  'core.pager=cat',
  'core.sshCommand=false',
  'core.gitProxy=false',
  'core.alternateRefsCommand=',
  `core.attributesFile=${devNull}`,
  'diff.external=',
  'credential.helper=',
  'protocol.allow=never',
  'log.showSignature=false',
  'gpg.program=false',
  'gpg.ssh.program=false',
  'gpg.x509.program=false',
  'blame.ignoreRevsFile=',
  'log.mailmap=false',
  'submodule.recurse=false',
  'diff.ignoreSubmodules=all',
  'status.submoduleSummary=false',
  'fetch.recurseSubmodules=false',
  'maintenance.auto=false',
  'gc.auto=0',
  'uploadpack.packObjectsHook=',
  'color.ui=false',
  'core.quotePath=false',
];

/** No configuration of this machine or person, no prompt, no lazy download of missing objects, no lock files. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot } = process.env;
  return {
    ...(PATH !== undefined && { PATH }),
    ...(SystemRoot !== undefined && { SystemRoot }),
    LC_ALL: 'C.UTF-8',
    HOME: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_SYSTEM: devNull,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PAGER: 'cat',
    GIT_ASKPASS: 'false',
    SSH_ASKPASS: 'false',
    GIT_ALLOW_PROTOCOL: '',
    GIT_FLUSH: '0',
  };
}

/**
 * Runs one git command that reads objects and refs only: whatever looks at the work tree can run its filters, which no setting
 * turns off in every version. @param args begin with the subcommand.
 * @throws when git is not installed, takes longer than 15 s, or the signal aborts.
 */
export function runGit(folder: string, args: readonly string[], signal: AbortSignal): Promise<GitRun> {
  const settings = harmless.flatMap((setting) => ['-c', setting]);
  const all = [
    '-C',
    folder,
    '--no-pager',
    '--no-optional-locks',
    '--no-replace-objects',
    '--literal-pathspecs',
    ...settings,
    ...args,
  ];
  const within = AbortSignal.any([signal, AbortSignal.timeout(maxMs)]);
  return new Promise((resolve, reject) => {
    const child = spawn('git', all, {
      // Systems may look for programs in the current folder first, and this one is hostile.
      cwd: dirname(process.execPath),
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: within,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });

    const out = new Collected();
    const err = new Collected();
    child.stdout.on('data', (chunk: Buffer) => out.add(chunk) || child.kill('SIGKILL'));
    child.stderr.on('data', (chunk: Buffer) => err.add(chunk));
    child.on('error', (error) => reject(signal.aborted ? signal.reason : explain(error)));
    child.on('close', (code) => {
      const bytes = out.bytes();
      resolve({ code, stdout: bytes.toString('utf8'), bytes, stderr: err.bytes().toString('utf8'), cut: out.isFull });
    });
  });
}

const quotedPath = /(['"])(?:[A-Za-z]:)?[\\/][^'"]*([\\/][^'"]*['"])/g;
const barePath = /(?<![\w.'"…])(?:[A-Za-z]:)?[\\/]\S*([\\/]\S*)/g;

/** @returns what was printed. @throws HostRefusal with git's first line of complaint, without where on the disk things lie. */
export function succeeded({ code, stdout, stderr, cut }: GitRun): string {
  if (code === 0 || cut) return stdout;
  const complaint = (stderr.split('\n')[0] ?? '')
    .slice(0, 300)
    .replaceAll(quotedPath, '$1…$2')
    .replaceAll(barePath, '…$1');
  throw new HostRefusal(`git could not tell: ${complaint}`);
}

function explain(error: Error): Error {
  if ('code' in error && error.code === 'ENOENT') return new Error('git is not installed on this machine');
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return new Error(`git took longer than ${maxMs / 1000} s`);
  return new Error(`git could not be run: ${error.message}`);
}

class Collected {
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  isFull = false;

  /** @returns whether there is room for more. */
  add(chunk: Buffer): boolean {
    if (this.isFull) return false;
    this.#bytes += chunk.length;
    this.#chunks.push(chunk);
    this.isFull = this.#bytes > maxBytes;
    return !this.isFull;
  }

  bytes(): Buffer {
    const all = Buffer.concat(this.#chunks);
    return this.isFull ? all.subarray(0, all.lastIndexOf('\n') + 1) : all;
  }
}
