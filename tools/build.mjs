// Bundles into dist/ what runs: the terminal client, the VS Code extension and its views, the REPL worker and the code of its
// sealed realm, and pyodide's files.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { buildExtension } from './build-extension.mjs';
import { buildSymbolWorker, copyGrammars } from './build-symbols.mjs';
import { buildWebviews } from './build-webview.mjs';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  loader: { '.py': 'text' },
  logLevel: 'warning',
  sourcemap: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
};
// Some bundled packages are CommonJS and call `require` for Node's own modules.
const requireForCommonJs =
  "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

// Names of chunks change with their content: old ones would pile up.
for (const stale of ['dist/chunks', 'dist/webview']) rmSync(stale, { recursive: true, force: true });
mkdirSync('dist/pyodide', { recursive: true });
for (const file of ['pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip'])
  cpSync(`node_modules/pyodide/${file}`, `dist/pyodide/${file}`);
copyGrammars('dist/tree-sitter');

await Promise.all([
  buildExtension(),
  buildWebviews(),
  build({
    ...common,
    entryPoints: { cli: 'src/cli/main.ts' },
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    banner: { js: requireForCommonJs },
  }),
  build({ ...common, entryPoints: { 'repl-worker': 'src/repl/node/worker.ts' }, format: 'esm', outdir: 'dist' }),
  build({
    ...common,
    entryPoints: { 'repl-wall': 'src/repl/node/wall/walled-main.ts' },
    format: 'esm',
    outdir: 'dist',
  }),
  build({ ...common, entryPoints: { 'search-worker': 'src/search/node/worker.ts' }, format: 'esm', outdir: 'dist' }),
  buildSymbolWorker('dist/symbol-worker.cjs'),
  // Evaluated inside the bare vm context: no imports, no Node, no source map reference.
  build({
    ...common,
    entryPoints: { 'repl-realm': 'src/repl/node/realm/realm.ts' },
    format: 'iife',
    globalName: 'sealedRealm',
    platform: 'neutral',
    sourcemap: false,
    outdir: 'dist',
  }),
]);
