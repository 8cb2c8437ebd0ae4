// The parsers' thread and the grammars it loads.
import { cpSync, mkdirSync } from 'node:fs';
import { build } from 'esbuild';

const grammars = [
  'javascript',
  'typescript',
  'tsx',
  'python',
  'go',
  'rust',
  'java',
  'cpp',
  'c-sharp',
  'ruby',
  'php',
].map((name) => `node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`);

/** @param root where node_modules is, ending in `/`. VS Code's package has no grammar for C; C's own package has one. */
export function copyGrammars(folder, root = '') {
  mkdirSync(folder, { recursive: true });
  const runtime = 'node_modules/@vscode/tree-sitter-wasm/wasm/tree-sitter.wasm';
  for (const file of [runtime, ...grammars, 'node_modules/tree-sitter-c/tree-sitter-c.wasm'])
    cpSync(root + file, `${folder}/${file.slice(file.lastIndexOf('/') + 1)}`);
}

/** CommonJS, because tree-sitter's JavaScript finds its place by `__filename`. */
export function buildSymbolWorker(outfile, root = '') {
  return build({
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
    minifySyntax: true,
    minifyWhitespace: true,
    entryPoints: [`${root}src/symbols/node/symbol-worker.ts`],
    outfile,
  });
}
