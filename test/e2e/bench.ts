import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { VsCodeTimes } from '../support/vscode-times.ts';
import { activationMs } from './driver/running-extensions.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, scripts } from './fixtures.ts';

const windows = 3;
const laterQuestions = 4;

const server = useScriptedServer({ script: scripts });

async function enterToRequest({ sidebar }: VsCode, question: string): Promise<number> {
  const before = server.requests.length;
  const box = await sidebar.questionBox();
  await box.fill(asks('short', question));
  const enteredAt = Date.now();
  await box.press('Enter');
  const request = await until('a request to the model', async () => server.requests[before]);
  await sidebar.answered('Short');
  return request.arrivedAt - enteredAt;
}

it('activation, and from Enter to the first model request, on this repository', async () => {
  const activations: number[] = [];
  const firstMs: number[] = [];
  const laterMs: number[] = [];
  for (let n = 0; n < windows; n++) {
    await inVsCode({ open: { kind: 'path', path: resolve('.') }, settings: scripted(server.url) }, async (vscode) => {
      await vscode.sidebar.show();
      // What VS Code does after its start is not measured.
      await vscode.page.waitForTimeout(5000);
      firstMs.push(await enterToRequest(vscode, 'First?'));
      for (let q = 0; q < laterQuestions; q++) laterMs.push(await enterToRequest(vscode, `And then, ${q}?`));
      activations.push(await activationMs(vscode, 'Ask Codebase'));
    });
  }
  expect([firstMs.length, laterMs.length]).toEqual([windows, windows * laterQuestions]);
  const file = process.env.BENCH_VSCODE_FILE;
  const times: VsCodeTimes = { activationMs: activations, firstMs, laterMs };
  if (file === undefined) console.log(times);
  else writeFileSync(file, JSON.stringify(times));
});
