// Bundles the bench and the processes it measures into .cache/bench/bin, and runs it: node tools/bench.mjs [--strict] [GROUP …]
import { spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { build } from 'esbuild';

const outdir = '.cache/bench/bin';
rmSync(outdir, { recursive: true, force: true });
const common = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  loader: { '.py': 'text' },
  logLevel: 'warning',
  outdir,
  // A baseline measures the package as it is installed.
  external: ['pyodide'],
};
const entryPoints = readdirSync('test/bench')
  .filter((name) => name.endsWith('.ts') && name !== 'peak-memory.ts')
  .map((name) => `test/bench/${name}`);
await Promise.all([
  build({
    ...common,
    entryPoints,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Some bundled packages are CommonJS and call `require` for Node's own modules.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }),
  // Loaded with --require, which costs the measured process less than an ES module.
  build({
    ...common,
    entryPoints: ['test/bench/peak-memory.ts'],
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  }),
]);

const child = spawn(process.execPath, [`${outdir}/main.mjs`, ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0);
});
