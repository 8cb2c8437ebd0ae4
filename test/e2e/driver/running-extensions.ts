import { until } from './until.ts';
import type { VsCode } from './vscode.ts';

/** What VS Code's own editor "Running Extensions" measured: how long the extension's activation took. */
export async function activationMs(vscode: VsCode, displayName: string): Promise<number> {
  await vscode.workbench.run('Developer: Show Running Extensions');
  const editor = vscode.page.locator('.runtime-extensions-editor');
  await editor.waitFor();
  const rows = editor.locator('.monaco-list-row').filter({ hasText: displayName });
  return until(`the activation time of ${displayName}`, async () => {
    // Sorted by time, and only rows in sight are drawn.
    await editor.hover();
    await vscode.page.mouse.wheel(0, 150);
    for (const text of await rows.allTextContents()) {
      const ms = /Activation: (\d+)ms/.exec(text)?.[1];
      if (ms !== undefined) return Number(ms);
    }
    return undefined;
  });
}
