// Bundles the two views into dist/webview: one script and one style sheet each, the icon font, and highlight.js, which both
// load when they first show code.
import { statSync } from 'node:fs';
import { build } from 'esbuild';

const outdir = 'dist/webview';

export async function buildWebviews() {
  await build({
    entryPoints: {
      sidebar: 'webview/sidebar/main.tsx',
      panel: 'webview/panel/main.tsx',
      highlight: 'webview/highlight/main.ts',
    },
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    // VS Code 1.104 runs on Electron 37.
    target: 'chrome138',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
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
