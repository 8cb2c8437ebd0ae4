import { expect } from 'vitest';
import { until } from './until.ts';
import type { VsCode } from './vscode.ts';

/** Clicks the first citation of the newest answer: its file opens, with the cited lines in sight and coloured. */
export async function clickOpensLines(vscode: VsCode, path = 'src/bucket.ts'): Promise<readonly [number, number]> {
  const citation = await vscode.sidebar.citation(/\.ts:\d+/);
  const [, first = '', last = first] =
    /\.ts:(\d+)(?:[-–](\d+))?/.exec(`${await citation.getAttribute('aria-label')} ${await citation.textContent()}`) ??
    [];
  await citation.click();
  const [start, end] = [Number(first), Number(last)];
  const active = await vscode.activeEditor('the cited lines', (at) => at.selection.startLine === start);
  expect(active.path.endsWith(`/project/${path}`), `${active.path} is not ${path}`).toBe(true);
  await until('the cited lines in sight', async () => (await vscode.editor.visibleLines()).includes(end));
  const lines = await until('highlighted lines', async () => {
    const found = await vscode.editor.highlightedLines();
    return found.length > 0 ? found : undefined;
  });
  expect([lines[0], lines.at(-1)]).toEqual([start, end]);
  return [start, end];
}
