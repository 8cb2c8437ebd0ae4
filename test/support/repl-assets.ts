import { mkdir, symlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const common = { bundle: true, target: 'node22', logLevel: 'warning' } as const;

export const cacheDir = `${root}.cache/repl-snapshot`;

let built: Promise<string> | undefined;

/** Bundles the worker and its realm as tools/build.mjs does, into a folder that no test file running beside this one uses. */
export function replAssets(): Promise<string> {
  built ??= buildAssets(`${root}.cache/test-assets/${process.env.VITEST_POOL_ID ?? '0'}`);
  return built;
}

async function buildAssets(outdir: string): Promise<string> {
  await mkdir(outdir, { recursive: true });
  await symlink(`${root}node_modules/pyodide`, `${outdir}/pyodide`, 'junction').catch(() => undefined);
  await build({
    ...common,
    platform: 'node',
    format: 'esm',
    loader: { '.py': 'text' },
    entryPoints: {
      'repl-worker': `${root}src/repl/node/worker.ts`,
      'repl-wall': `${root}src/repl/node/wall/walled-main.ts`,
      'search-worker': `${root}src/search/node/worker.ts`,
    },
    outdir,
  });
  await build({
    ...common,
    platform: 'neutral',
    format: 'iife',
    globalName: 'sealedRealm',
    entryPoints: { 'repl-realm': `${root}src/repl/node/realm/realm.ts` },
    outdir,
  });
  return outdir;
}

/** Bundles a test's script so that any Node can run it. @returns the bundle's path. */
export async function bundleScript(entry: string): Promise<string> {
  const outfile = `${await replAssets()}/scripts/${basename(entry, '.ts')}.mjs`;
  await build({
    ...common,
    platform: 'node',
    format: 'esm',
    loader: { '.py': 'text' },
    // Packages in the older module format ask for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    entryPoints: [`${root}${entry}`],
    outfile,
  });
  return outfile;
}
