import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { it } from 'vitest';
import { anchorOf } from '../../src/citations/anchor.ts';
import { writeFacts } from '../../src/citations/saved-answer.ts';
import { sha256 } from '../../src/cli/sha256.ts';
import { until } from './driver/until.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { writeFiles } from './driver/workspace.ts';
import { project } from './fixtures.ts';

const bucket = String(project['src/bucket.ts']);
const anchor = (startLine: number, endLine: number) =>
  anchorOf({ path: 'src/bucket.ts', startLine, endLine }, bucket.split('\n').slice(startLine - 1, endLine), sha256);
const record = {
  ...({
    version: 1,
    question: 'Who fills the bucket?',
    date: '2026-01-01T00:00:00.000Z',
    calls: 1,
    costUsd: 0,
  } as const),
  ...{
    models: { root: 'offline', sub: 'offline' },
    outcome: 'answered',
    citations: [anchor(126, 128), anchor(131, 135)],
  },
};
const answer = `# Who fills the bucket?\n\nFilled in [src/bucket.ts:126-128].\n\nTaken in [src/bucket.ts:131-135].\n\n${writeFacts(record)}`;

const folder = 'docs/screenshots';
const photograph = async ({ page }: VsCode, name: string): Promise<void> => {
  if (process.env.ASK_CODEBASE_PHOTOGRAPH === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

const lensText = ({ page }: VsCode) => page.locator('.codelens-decoration').allInnerTexts();

/** Puts the cursor into the citation at the end of line 3. */
async function intoCitation({ editor, page }: VsCode): Promise<void> {
  await editor.goTo(3);
  await page.keyboard.press('End');
  for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft');
}

const appears = (locator: Locator): Promise<boolean> =>
  locator.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  );

const clicks = (locator: Locator): Promise<boolean> =>
  locator.click({ timeout: 3000 }).then(
    () => true,
    () => false,
  );

it('shows, follows, checks and re-anchors the citations of a saved answer', () =>
  inVsCode({ open: { kind: 'folder', files: { ...project, 'answer.md': answer } } }, async (vscode) => {
    const { page } = vscode;
    await vscode.open('answer.md');
    await until(
      'a lens on sound citations',
      async () => (await lensText(vscode)).join().includes('2 citations, as cited'),
      60_000,
    );

    await vscode.editor.goTo(3);
    const cited = page
      .locator('.view-line')
      .filter({ hasText: 'Filled in' })
      .getByText(/src\/bucket\.ts:126-128/)
      .first();
    await until('the cited lines on hover', async () => {
      await page.mouse.move(5, 5);
      await cited.hover();
      const hover = page.locator('.monaco-hover:visible');
      await hover.waitFor({ timeout: 5000 }).catch(() => undefined);
      return (await hover.allInnerTexts()).join().includes('fillRetryBucket');
    });
    await photograph(vscode, 'citations-hover');

    await page.keyboard.press('Escape');
    await intoCitation(vscode);
    await vscode.workbench.run('Open Link');
    await vscode.activeEditor(
      'the cited lines',
      ({ path, selection }) => path.endsWith('src/bucket.ts') && selection.startLine === 126,
    );

    writeFiles(vscode.folder, { 'src/bucket.ts': `// one more\n// and another\n${bucket}` });
    await vscode.open('answer.md');
    await until('two stale citations', async () =>
      (await lensText(vscode)).join().includes('2 of 2 citations changed · ask again'),
    );
    await until('squiggles', async () => (await page.locator('.squiggly-info, .squiggly-warning').count()) >= 2);
    await photograph(vscode, 'citations-stale');

    const action = page.locator('.action-widget:visible').getByText('Re-anchor all 2 citations');
    // A lens that is drawn anew closes the menu.
    await until('the menu of fixes, and the one for all chosen', async () => {
      await intoCitation(vscode);
      await page.keyboard.press('ControlOrMeta+.');
      if (!(await appears(action))) return false;
      await photograph(vscode, 'citations-reanchor');
      return clicks(action);
    });
    await until('citations of the new lines', async () => {
      const text = (await page.locator('.view-line').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
      return text.includes('[src/bucket.ts:128-130]') && text.includes('[src/bucket.ts:133-137]');
    });
    await until('a lens on sound citations again', async () =>
      (await lensText(vscode)).join().includes('2 citations, as cited'),
    );
    await until('no squiggle', async () => (await page.locator('.squiggly-info, .squiggly-warning').count()) === 0);
  }));
