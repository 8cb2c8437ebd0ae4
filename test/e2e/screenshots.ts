import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { shownProject, shownQuestion, shownScript } from './shown-project.ts';

const folder = 'docs/screenshots';
const themes = { light: 'Light 2026', dark: 'Dark 2026', 'high-contrast': 'Default High Contrast' } as const;
const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 860, height: 900 } } as const;

let server: ScriptedServer;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  server = await startScriptedServer({ script: shownScript });
});
afterAll(() => server.close());

const shoot = async ({ page }: VsCode, name: string): Promise<void> => {
  // Toasts come and go; what is pictured is the product.
  await page.keyboard.press('Escape');
  await page.locator('.notifications-toasts').evaluateAll((toasts) => {
    for (const toast of toasts) toast.remove();
  });
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

describe.each(Object.entries(themes))('%s', (theme, id) => {
  it.each(Object.entries(sizes))('%s', (size, viewport) => {
    const settings = { ...scripted(server.url), 'workbench.colorTheme': id };
    return inVsCode({ open: { kind: 'folder', files: shownProject }, settings, viewport }, async (vscode) => {
      await vscode.sidebar.show();
      await vscode.sidebar.ask(shownQuestion);
      await vscode.sidebar.answered('token bucket kept per client');
      await vscode.workbench.run('Ask Codebase: Open last run');
      await until('the tree', async () => (await (await vscode.panel.agents()).count()) > 2);
      await shoot(vscode, `${theme}-${size}`);
    });
  });
});
