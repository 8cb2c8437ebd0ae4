// Bundles the two views into dist/webview: one script and one style sheet each, and the icon font.
import { build } from 'esbuild';

export async function buildWebviews() {
  await build({
    entryPoints: { sidebar: 'webview/sidebar/main.tsx', panel: 'webview/panel/main.tsx' },
    outdir: 'dist/webview',
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome128',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
}
