// Bundles the VS Code extension into dist/: extension.cjs, which VS Code loads; extension-engine.cjs, which that loads on first
// use; extension-openai.cjs, which that loads for the first question to a model. The REPL's worker, its realm and pyodide
// are made by tools/build.mjs and shared with the terminal client.
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  // VS Code 1.104 runs extensions on Node 22.
  target: 'node22',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: ['vscode'],
  loader: { '.py': 'text' },
  outdir: 'dist',
  logLevel: 'warning',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // `import()` becomes a late `require`, which is what VS Code's loader watches over.
  supported: { 'dynamic-import': false },
};

/** The language client and server are for those who have saved answers. */
const citationsApart = {
  name: 'citations-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/citation-client\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './extension-citations.cjs', external: true } : undefined,
    ),
};

/** The OpenAI package takes as long to compile as all the rest, and the offline search needs none of it. */
const openAiApart = {
  name: 'openai-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^openai$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './extension-openai.cjs', external: true } : undefined,
    ),
};

export async function buildExtension() {
  await Promise.all([
    build({
      ...common,
      entryPoints: { extension: 'extension/main.ts' },
      external: ['vscode', './extension-engine.cjs'],
    }),
    build({
      ...common,
      entryPoints: { 'extension-engine': 'extension/engine-main.ts' },
      plugins: [openAiApart, citationsApart],
    }),
    build({ ...common, entryPoints: { 'extension-citations': 'extension/vscode/citation-client.ts' } }),
    build({
      ...common,
      entryPoints: undefined,
      outdir: undefined,
      outfile: 'dist/extension-openai.cjs',
      stdin: { contents: "export { OpenAI } from 'openai';", resolveDir: '.' },
    }),
  ]);
}
