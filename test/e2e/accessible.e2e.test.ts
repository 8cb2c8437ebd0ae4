import { describe, expect, it } from 'vitest';
import { focused, pressUntil } from './driver/keys.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { axeViolations } from './driver/webview.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

it('needs no pointer: question, citation, tree, stop', () =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    const { keyboard } = vscode.page;
    await vscode.workbench.run('Ask codebase');
    await vscode.workbench.inputBox.waitFor();
    await keyboard.type(asks('bucket', 'Who fills it?'));
    await keyboard.press('Enter');
    await vscode.sidebar.answered('on success');
    const sidebar = await vscode.sidebar.frame();
    await vscode.workbench.run('Ask Codebase: Focus on Chat View');
    await pressUntil(vscode.page, sidebar, 'Shift+Tab', /bucket\.ts/);
    await keyboard.press('Enter');
    await vscode.activeEditor('the cited lines', ({ selection }) => selection.startLine === 126);

    await vscode.workbench.run('Ask Codebase: Open last run');
    const panel = await vscode.panel.frame();
    await vscode.workbench.run('View: Focus First Editor Group');
    await pressUntil(vscode.page, panel, 'Tab', /^treeitem/);
    const first = await focused(panel);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowDown');
    await until('another agent', async () => {
      const now = await focused(panel);
      return now.startsWith('treeitem') && now !== first;
    });

    await vscode.workbench.run('Ask Codebase: Focus on Chat View');
    await pressUntil(vscode.page, sidebar, 'Tab', /^textarea/);
    await keyboard.type(asks('endless', 'And this?'));
    await keyboard.press('Enter');
    await until('a way to stop', () => vscode.sidebar.running());
    await pressUntil(vscode.page, sidebar, 'Shift+Tab', /^button Stop /);
    await keyboard.press('Enter');
    await vscode.sidebar.answered(/So far|stopped/i);
  }));

const themes = ['Dark 2026', 'Light 2026', 'Default High Contrast', 'Default High Contrast Light'];

describe.each(themes)('in the theme %s', (theme) => {
  it('has no violations that axe finds, in either view, before, during and after a run', () => {
    const settings = { ...scripted(server.url), 'workbench.colorTheme': theme };
    return inVsCode({ open: { kind: 'folder', files: project }, settings }, async (vscode) => {
      await vscode.sidebar.show();
      const sidebar = await vscode.sidebar.frame();
      expect.soft(await axeViolations(sidebar), 'an empty conversation').toEqual([]);
      await vscode.sidebar.ask(asks('bucket', 'Who fills it?'));
      await vscode.sidebar.answered('on success');
      await vscode.workbench.run('Ask Codebase: Open last run');
      const panel = await vscode.panel.frame();
      await until('the tree', async () => (await (await vscode.panel.agents()).count()) > 1);
      expect.soft(await axeViolations(sidebar), 'an answer').toEqual([]);
      expect.soft(await axeViolations(panel), 'a run that has ended').toEqual([]);
      await vscode.sidebar.ask(asks('endless', 'And this?'));
      await until('a way to stop', () => vscode.sidebar.running());
      expect.soft(await axeViolations(sidebar), 'a running question').toEqual([]);
      await vscode.workbench.run('Ask Codebase: Open last run');
      expect.soft(await axeViolations(panel), 'a run that goes on').toEqual([]);
    });
  });
});
