// Opens VS Code with the extension on this repository, or on the folder that is named: node tools/vscode.mjs [FOLDER]
// `code` when it is installed; else code-server from the tests' cache folder, whose address is printed.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { codeServer } from '../test/e2e/code-server.ts';

const here = resolve(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? here);
const windows = process.platform === 'win32';

if (spawnSync('code', ['--version'], { shell: windows }).status === 0) {
  follow(
    spawn('code', ['--new-window', `--extensionDevelopmentPath=${here}`, folder], { stdio: 'inherit', shell: windows }),
  );
} else {
  console.log('`code` is not installed: a VS Code for the browser (code-server) takes its place.');
  follow(await startCodeServer());
}

async function startCodeServer() {
  const entry = await codeServer();
  const base = resolve(here, '.cache/vscode');
  mkdirSync(base, { recursive: true });
  const env = { ...process.env, CODE_SERVER_CONFIG: `${base}/config.yaml` };
  const own = ['--user-data-dir', `${base}/user-data`, '--extensions-dir', `${base}/extensions`];
  const vsix = `${base}/ask-codebase.vsix`;
  run(['tools/package.mjs', '--out', vsix], env);
  run([entry, ...own, '--install-extension', vsix, '--force'], env);
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  // Without a password, and so for this machine only.
  const address = ['--auth', 'none', '--bind-addr', `127.0.0.1:${process.env.PORT ?? 8080}`];
  console.log(`Open http://${address.at(-1)}/ in a browser; Ctrl+C ends it. The command is "Ask codebase".`);
  return spawn(process.execPath, [entry, ...own, ...quiet, ...address, folder], { stdio: 'inherit', env });
}

function run(args, env) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env, cwd: here });
  if (status !== 0) process.exit(status ?? 1);
}

function follow(child) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0);
  });
}
