// Bundles the VS Code extension into dist/: extension.cjs, which VS Code loads; extension-engine.cjs, which that loads on first
// use; extension-openai.cjs and extension-anthropic.cjs, of which that loads one for the first question to a model. The REPL's worker, its realm and pyodide
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

/** The MCP server is for those whose editor asks for it. */
const mcpApart = {
  name: 'mcp-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/mcp-listener\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './extension-mcp.cjs', external: true } : undefined,
    ),
};

/** What the providers' packages are apart for: each takes as long to compile as all the rest, and most questions need one or none. */
const sdks = {
  openai: { file: 'extension-openai', contents: "export { OpenAI } from 'openai';" },
  '@anthropic-ai/sdk': { file: 'extension-anthropic', contents: "export { Anthropic } from '@anthropic-ai/sdk';" },
};

const sdksApart = {
  name: 'sdks-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^(openai|@anthropic-ai\/sdk)$/ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${sdks[path].file}.cjs`, external: true } : undefined,
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
      plugins: [sdksApart, citationsApart, mcpApart],
    }),
    build({ ...common, entryPoints: { 'extension-citations': 'extension/vscode/citation-client.ts' } }),
    build({ ...common, entryPoints: { 'extension-mcp': 'extension/node/mcp-listener.ts' } }),
    ...Object.values(sdks).map(({ file, contents }) =>
      build({
        ...common,
        entryPoints: undefined,
        outdir: undefined,
        outfile: `dist/${file}.cjs`,
        stdin: { contents, resolveDir: '.' },
      }),
    ),
  ]);
}
