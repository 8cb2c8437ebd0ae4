// Sets up, builds, and runs a script with the project's own Node: node tools/run.mjs [SCRIPT [ARGUMENT…]]
// A shell that has found the system's `node` for the first command of a line keeps to it, so `node` after set-up may be too old.
import { spawn, spawnSync } from 'node:child_process';
import './setup.mjs';

const ownNode = process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node';
const built = spawnSync(ownNode, ['tools/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const [script, ...args] = process.argv.slice(2);
if (script !== undefined) {
  const child = spawn(ownNode, [script, ...args], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; how to end is the script's business.
  process.on('SIGINT', () => undefined);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
