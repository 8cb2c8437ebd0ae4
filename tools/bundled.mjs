// Bundles a script of the tests and runs it: node tools/bundled.mjs test/fuzz/main.ts [ARGUMENT …]
import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { build } from 'esbuild';

const [entry = '', ...args] = process.argv.slice(2);
const outfile = `.cache/bundled/${basename(dirname(entry))}-${process.pid}.mjs`;
await build({
  entryPoints: [entry],
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
const child = spawn(process.execPath, [outfile, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
  void rm(outfile, { force: true });
});
