import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

interface ServerOptions {
  /** code-server's entry file. */
  readonly entry: string;
  /** A folder of the server's own: its settings, logs and home. */
  readonly home: string;
  readonly extensions: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Server {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts code-server on a free port. `stop` ends it and, after the grace time, the extension hosts below it. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const child = spawn(process.execPath, [options.entry, ...args(options)], {
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { url: await listening(child), pid: child.pid ?? 0, stop: () => stop(child) };
}

export const userDataOf = (home: string): string => join(home, 'user-data');

const args = ({ home, extensions }: ServerOptions): readonly string[] => [
  ...['--auth', 'none', '--bind-addr', '127.0.0.1:0'],
  ...['--user-data-dir', userDataOf(home), '--extensions-dir', extensions],
  ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
  // By default hosts outlive their window by hours, and each new window then gets another storage folder.
  ...['--reconnection-grace-time', '3'],
];

/** Nothing of the person's: no key, no configuration, no state. */
function environment({ home, env }: ServerOptions): NodeJS.ProcessEnv {
  mkdirSync(home, { recursive: true });
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    HOME: home,
    CODE_SERVER_CONFIG: join(home, 'config.yaml'),
    ...env,
  };
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const onText = (chunk: Buffer): void => {
      said = `${said}${chunk}`.slice(-10_000);
      const url = /HTTP server listening on (http:\S+)/.exec(said)?.[1];
      if (url) resolve(url.replace(/\/$/, ''));
    };
    child.stdout?.on('data', onText);
    child.stderr?.on('data', onText);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`code-server ended with ${code} before it listened:\n${said}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => child.kill('SIGKILL'), 5000);
    child.once('exit', () => {
      clearTimeout(giveUp);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
