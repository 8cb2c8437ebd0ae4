import { spawnSync } from 'node:child_process';

/**
 * Sees to it that these Debian packages are installed: through apt as root, otherwise with an error that says what to
 * run. Does nothing on other systems, where what is missing shows when it is used.
 */
export function ensureDebianPackages(packages: readonly string[], purpose: string): void {
  if (!isDebian()) return;
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new Error(`${purpose} needs ${missing.join(', ')}. Run: sudo apt-get ${install.join(' ')}`);
  }
  console.error(`Installing ${missing.join(', ')} (${purpose}) …`);
  aptGet(['update']);
  aptGet(install);
}

const isDebian = (): boolean => process.platform === 'linux' && spawnSync('dpkg-query', ['--version']).status === 0;

const isInstalled = (name: string): boolean =>
  /^Status: .* installed$/m.test(spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' }).stdout ?? '');

function aptGet(args: readonly string[]): void {
  // Another apt may be at work on a machine that has just started.
  const result = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (result.status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` did not succeed (see above).`);
}
