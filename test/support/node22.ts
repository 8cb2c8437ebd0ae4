import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const version = '22.23.3';
const root = fileURLToPath(new URL('../../.cache/node22/', import.meta.url));

/** The path of a Node 22, fetched from npm once. The platform's package holds the binary and needs no install script. */
export function node22(): string {
  const windows = process.platform === 'win32';
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = [prefix, windows ? 'win' : process.platform, process.arch].join('-');
  const binary = `${root}node_modules/${name}/bin/node${windows ? '.exe' : ''}`;
  if (!existsSync(binary)) {
    mkdirSync(root, { recursive: true });
    // A project of its own: without one npm would install into the folder above.
    writeFileSync(`${root}package.json`, '{ "private": true }');
    const options = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error', `--prefix=${root}`];
    execFileSync('npm', ['install', ...options, `${name}@${version}`], { stdio: 'inherit', shell: windows });
  }
  return binary;
}
