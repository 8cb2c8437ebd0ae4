import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

it('replays a run without a model, exports it without places, and asks it again beside the earlier one', () =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    const { workbench, panel, folder } = vscode;
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('bucket', `Who fills it in ${folder}?`));
    await vscode.sidebar.answered('answered');
    const asked = server.requests.length;

    await workbench.run('Ask Codebase: Replay run');
    const slider = (await panel.frame()).getByRole('slider', { name: 'Time of the run' });
    await slider.waitFor();
    await slider.focus();
    await slider.press('End');
    await until('the end of the replay', async () => (await panel.allText()).includes('the run ends: answered'));
    expect(await (await panel.agents()).count()).toBeGreaterThan(1);
    expect(server.requests.length).toBe(asked);

    for (const [format, end] of [
      ['HTML page', '.html'],
      ['Training: chat messages', '.jsonl'],
    ] as const) {
      await workbench.run('Ask Codebase: Export run');
      await workbench.answer(format);
      const file = join(folder, `exported${end}`);
      await until('the dialog', async () => (await workbench.inputBox.inputValue()).endsWith(end));
      await workbench.answer(file);
      await until(`the file ${file}`, () => existsSync(file) && readFileSync(file, 'utf8') !== '');
      const text = readFileSync(file, 'utf8');
      expect(text).not.toContain(folder);
      expect(text).toContain('Who fills it in');
      if (end === '.jsonl') expect(text.split('\n')[0]).toContain('"exact":true');
    }

    const frame = await panel.frame();
    await frame.getByRole('button', { name: 'Leave the replay' }).click();
    await frame.getByRole('button', { name: 'Re-run' }).click();
    await workbench.answer('With twice the budget');
    await frame.getByRole('region', { name: 'Re-run' }).getByText('on success').waitFor();
    const budgets = frame.getByRole('row').filter({ has: frame.getByRole('rowheader', { name: 'Budget' }) });
    expect(await budgets.getByRole('cell').allTextContents()).toEqual([
      expect.stringContaining('500 calls'),
      expect.stringContaining('1,000 calls'),
    ]);
    expect(server.requests.length).toBe(2 * asked);

    await workbench.reload();
    await vscode.ready();
    await until('both runs after a reload', async () => {
      const rerun = (await panel.frame()).getByRole('region', { name: 'Re-run' });
      return (await rerun.getByText('on success').count()) > 0;
    });
    expect(server.requests.length).toBe(2 * asked);
  }));
