// Bundles test/fuzz and runs it: node tools/fuzz.mjs [TARGET …] [--seconds N] [--seed N]. See test/fuzz/main.ts.
import { spawn } from 'node:child_process';
import { build } from 'esbuild';

const outfile = `.cache/fuzz/fuzz-${process.pid}.mjs`;
await build({
  entryPoints: ['test/fuzz/main.ts'],
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
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
