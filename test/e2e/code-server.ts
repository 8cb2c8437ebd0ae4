import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ensureDebianPackages } from '../support/system-packages.ts';
import { withLock } from './lock.ts';

const version = '4.139.1';

/**
 * code-server, a real VS Code for a browser, in a cache folder of the user: the path of its entry file, to be run by the
 * Node that runs this. The first call installs it from npm, which takes minutes; one process does, others wait.
 */
export async function codeServer(): Promise<string> {
  const cache = cacheFolder();
  const { platform, arch, versions } = process;
  const folder = join(cache, `code-server-${version}-${platform}-${arch}-${versions.modules}`);
  const entry = entryOf(folder);
  if (existsSync(entry)) return entry;
  mkdirSync(cache, { recursive: true });
  await withLock(`${folder}.lock`, () => {
    if (!existsSync(entry)) install(cache, folder);
  });
  return entry;
}

const entryOf = (folder: string): string => join(folder, 'node_modules/code-server/out/node/entry.js');

function cacheFolder(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.ASK_CODEBASE_TEST_CACHE || join(base, 'ask-codebase-test');
}

/** Into a folder beside it, which takes its name when it works: an interrupted install leaves nothing that looks like one. */
function install(cache: string, folder: string): void {
  ensureDebianPackages(['libkrb5-dev', 'python3', 'make', 'g++'], `Building code-server's native parts`);
  const startedAt = Date.now();
  console.error(`Installing code-server ${version} (once, about 600 MB; takes several minutes) …`);
  const partial = mkdtempSync(join(cache, 'installing-'));
  try {
    const manifest = { name: 'code-server-cache', private: true, dependencies: { 'code-server': version } };
    writeFileSync(join(partial, 'package.json'), JSON.stringify(manifest));
    runNpm(partial);
    const env = { ...process.env, CODE_SERVER_CONFIG: join(partial, 'config.yaml') };
    const said = spawnSync(process.execPath, [entryOf(partial), '--version'], { encoding: 'utf8', env });
    if (!said.stdout.includes(`${version} `)) throw new Error(`code-server does not run: ${said.stdout}${said.stderr}`);
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  console.error(`Installed code-server in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** Node's headers where a system keeps its own; Node-API is the same in all of them. */
const systemHeaders = { file: '/usr/include/node/node_api.h', nodedir: '/usr' };

/** @throws when it cannot be installed, also not with the system's headers where node-gyp cannot fetch Node's. */
function runNpm(folder: string): void {
  if (npmInstall(folder, {})) return;
  if (existsSync(systemHeaders.file)) {
    console.error(`Trying again with the headers of Node in ${systemHeaders.nodedir} …`);
    if (npmInstall(folder, { npm_config_nodedir: systemHeaders.nodedir })) return;
  }
  throw new Error(
    'code-server could not be installed (see above). It needs an npm registry, Node 24 and its headers, Python 3, make and ' +
      'a C++ compiler, and on Linux the headers of Kerberos (Debian: libkrb5-dev).',
  );
}

function npmInstall(folder: string, extra: Readonly<Record<string, string>>): boolean {
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: {
      ...withoutNpmState(process.env),
      // code-server refuses any Node but the one it is made for, and its parts are compiled for it: ours comes first.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      // npm 12 runs no install scripts of dependencies that were not reviewed one by one. What code-server's own script
      // installs below itself are projects apart, so only the environment reaches them. Its dependencies are pinned.
      npm_config_dangerously_allow_all_scripts: 'true',
      ...extra,
    },
  });
  return status === 0;
}

/** Under `npm test` the environment tells of another project, and of another Node; settings of the user (registry, proxy) stay. */
function withoutNpmState(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const stale =
    /^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_((local|global)_)?prefix$|config_user_agent$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !stale.test(name)));
}
