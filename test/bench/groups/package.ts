import { globSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Group, times, within } from '../support/figure.ts';
import { benchDir } from '../support/places.ts';
import { run } from '../support/process.ts';
import { sample } from '../support/stats.ts';

/** The extension as people download it. */
export const packaged: Group = async () => {
  const file = join(benchDir, 'extension.vsix');
  const { code, stderr } = await run(process.execPath, ['tools/package.mjs', '--out', file]);
  if (code !== 0) throw new Error(`The extension could not be packaged: ${stderr.slice(-500)}`);
  const size = statSync(file).size;
  await rm(file, { force: true });
  const parts = globSync('dist/pyodide/*.{wasm,zip,mjs}').map((part) => statSync(part).size);
  const python = { name: 'its Python, unpacked', value: megabytes(parts.reduce((sum, bytes) => sum + bytes, 0)) };
  return { figures: [within(times({ name: '.vsix', unit: 'MB', measured: megabytes(size) }, python), 10)] };
};

const megabytes = (bytes: number) => sample([bytes / 2 ** 20]);
