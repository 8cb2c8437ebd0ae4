// Bundles the two views and the page of a shared run into dist/webview: one script and one style sheet each, the icon font, and highlight.js, which both
// load when they first show code.
import { statSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = 'dist/webview';

const common = {
  outdir,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  assetNames: '[name]',
  logLevel: 'warning',
};

export async function buildWebviews() {
  const entryPoints = {
    sidebar: 'webview/sidebar/main.tsx',
    panel: 'webview/panel/main.tsx',
    highlight: 'webview/highlight/main.ts',
  };
  // VS Code 1.104 runs on Electron 37.
  await build({ ...common, entryPoints, target: 'chrome138', loader: { '.ttf': 'file' } });
  // A run as a file, for any browser: everything in one script and one style.
  const page = { page: 'webview/page/main.tsx' };
  await build({ ...common, entryPoints: page, target: 'es2022', loader: { '.ttf': 'dataurl' } });
}

/** Bytes of what a view may load. */
export const webviewSizes = () =>
  Object.fromEntries(
    ['sidebar.js', 'panel.js', 'highlight.js', 'sidebar.css', 'panel.css', 'codicon.ttf'].map((name) => [
      name,
      statSync(`${outdir}/${name}`).size,
    ]),
  );

if (import.meta.filename === process.argv[1]) {
  await buildWebviews();
  console.log(webviewSizes());
}
