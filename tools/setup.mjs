// Installs what package-lock.json names when node_modules is missing or older, so that every npm script works from a clean clone.
// Runs on whatever Node the system has (>= 20) and uses nothing but built-ins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const stamp = 'node_modules/.ask-codebase-setup';
const wanted = createHash('sha256')
  .update(readFileSync('package-lock.json'))
  .update(process.platform + process.arch)
  .digest('hex');
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';

if (installed !== wanted) {
  console.error('Setting up: npm ci …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(command, [...args, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0) {
    console.error(
      'Setting up failed: `npm ci` did not succeed (see above). Node >= 20, npm and a reachable npm registry are needed.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
