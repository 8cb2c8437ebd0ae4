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
  console.error('Setting up (npm install) …');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  // As the lock says, and without rewriting it. Not `npm ci`: that refuses a lock made where the registry had not every
  // platform's binaries.
  const install = ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'];
  const result = spawnSync(command, [...args, ...install], {
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error(
      'Setting up failed: `npm install` did not succeed (see above). Node >= 20, npm and an npm registry are needed.',
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
