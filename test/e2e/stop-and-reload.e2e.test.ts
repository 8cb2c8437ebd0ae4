import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { clickOpensLines } from './driver/steps.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

const window = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, test);

/** Asks what never ends, and waits until the model has been asked for its second turn. */
async function askEndlessly(vscode: VsCode): Promise<void> {
  const before = server.requests.length;
  await vscode.sidebar.show();
  await vscode.sidebar.ask(asks('endless', 'Who fills it?'));
  await until('the second turn', () => server.requests.length >= before + 2);
  await until('a way to stop', () => vscode.sidebar.running());
}

it('stops within two seconds, and shows the best answer so far', () =>
  window(async (vscode) => {
    await askEndlessly(vscode);
    const aborted = server.stats.aborted;
    const stoppedAt = Date.now();
    await (await vscode.sidebar.stopButton()).click();
    await vscode.sidebar.answered('So far: filled on success', 2000);
    expect(Date.now() - stoppedAt).toBeLessThan(2000);
    await until('the request to end', () => server.stats.aborted > aborted);
  }));

it('stops by the command as well', () =>
  window(async (vscode) => {
    await askEndlessly(vscode);
    await vscode.workbench.run('Ask Codebase: Stop');
    await vscode.sidebar.answered('So far: filled on success', 2000);
  }));

it('shows a run that a reload has cut off, with the best answer so far, and answers again', () =>
  window(async (vscode) => {
    await askEndlessly(vscode);
    await vscode.workbench.reload();
    await vscode.ready();
    await vscode.sidebar.answered('So far: filled on success');
    await vscode.sidebar.ask(asks('short', 'Once more?'));
    await vscode.sidebar.answered('Short');
  }));

it('shows after a reload the conversation, the panel and citations that open', () =>
  window(async (vscode) => {
    await vscode.workbench.run('Ask codebase');
    await vscode.workbench.answer(asks('bucket', 'Who fills it?'));
    await vscode.sidebar.answered('on success');
    const agents = await (await vscode.panel.agents()).count();
    await vscode.workbench.reload();
    await vscode.ready();
    await vscode.sidebar.answered('on success');
    await until('the panel with its tree', async () => (await (await vscode.panel.agents()).count()) === agents);
    expect(await clickOpensLines(vscode)).toEqual([126, 128]);
  }));
