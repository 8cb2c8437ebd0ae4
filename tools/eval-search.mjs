// Bundles test/eval and runs it on questions of your own: node tools/eval-search.mjs ROWS.jsonl --repos FOLDER [--mode search|offline]
// --mode offline needs dist/ (npm run build).
import { spawn } from 'node:child_process';
import { build } from 'esbuild';

const outfile = '.cache/eval/eval.mjs';
await build({
  entryPoints: ['test/eval/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  loader: { '.py': 'text' },
  logLevel: 'warning',
  // Some bundled packages are CommonJS and call `require` for Node's own modules.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
});
const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
