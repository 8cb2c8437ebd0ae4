import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { VsCodeTimes } from '../../support/vscode-times.ts';
import { faster, type Group, within } from '../support/figure.ts';
import { benchDir } from '../support/places.ts';
import { measureIn, run } from '../support/process.ts';
import { repeat, sample } from '../support/stats.ts';

const file = join(benchDir, 'vscode.json');

/** From Enter to the model, in a real VS Code with the packaged extension and this repository open. */
export const vscode: Group = async () => {
  const baseline = { name: 'loadPyodide()', value: sample(await repeat(5, () => measureIn<number>('load-pyodide'))) };
  const { activationMs, firstMs, laterMs } = await measureInVsCode();
  const figure = (name: string, values: readonly number[]) =>
    faster({ name, unit: 'ms', measured: sample(values) }, baseline);
  return {
    figures: [
      within(figure('activation', activationMs), 50),
      within(figure('Enter to the first model request, first question in a window', firstMs), 1000),
      within(figure('the same, later questions', laterMs), 100),
    ],
    notes: ['The first question loads the engine and reads the folder; a later one reads what changed.'],
  };
};

async function measureInVsCode(): Promise<VsCodeTimes> {
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/e2e/bench.config.ts'];
  const { code, stdout, stderr } = await run(process.execPath, args, { BENCH_VSCODE_FILE: file });
  if (code !== 0) throw new Error(`VS Code could not be measured:\n${`${stdout}${stderr}`.slice(-2000)}`);
  return JSON.parse(await readFile(file, 'utf8')) as VsCodeTimes;
}
