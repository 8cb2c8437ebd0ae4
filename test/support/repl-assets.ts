import { cp, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const common = { bundle: true, target: 'node22', logLevel: 'warning' } as const;

export const cacheDir = `${root}.cache/repl-snapshot`;

let built: Promise<string> | undefined;

/** Bundles the worker and its realm as tools/build.mjs does, into a folder of this test file's own. */
export function replAssets(): Promise<string> {
  built ??= buildAssets(`${root}.cache/test-assets/${process.pid}-${process.env.VITEST_POOL_ID ?? '0'}`);
  return built;
}

async function buildAssets(outdir: string): Promise<string> {
  await mkdir(`${outdir}/pyodide`, { recursive: true });
  const files = ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip'];
  await Promise.all(files.map((file) => cp(`${root}node_modules/pyodide/${file}`, `${outdir}/pyodide/${file}`)));
  await build({
    ...common,
    platform: 'node',
    format: 'esm',
    entryPoints: { 'repl-worker': `${root}src/repl/node/worker.ts` },
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
