import { expect, it } from 'vitest';
import { clickOpensLines } from './driver/steps.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const begun = scripts.endless?.[0] ?? '';

const server = useScriptedServer({
  script: { ...scripts, gone: [begun, '@gone'], blocked: ['@blocked'], stopped: [begun, '@endless'] },
});

/** A VS Code in which another extension offers language models; nothing is set. */
const window = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode(
    {
      open: { kind: 'folder', files: project },
      settings: { 'askCodebase.model': 'auto' },
      env: { ASK_CODEBASE_E2E_MODELS: server.url },
    },
    test,
  );

async function ask(vscode: VsCode, script: string): Promise<void> {
  await vscode.sidebar.show();
  await vscode.sidebar.ask(asks(script, 'Who fills the retry bucket?'));
}

it('answers through models of VS Code, a cheaper one for sub-agents, and shows which', () =>
  window(async (vscode) => {
    const before = server.requests.length;
    await ask(vscode, 'bucket');
    await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
    await clickOpensLines(vscode);
    expect(await vscode.sidebar.text()).toContain('probe/strong of VS Code; sub-agents: vscode:probe/small');
    // VS Code tells neither usage nor price: counted by the models' own counters, priced by their families.
    expect(await vscode.sidebar.text()).toMatch(/k tok · ≈ \$0\.\d+/);
    expect(await vscode.sidebar.allText()).toMatch(/About .* tokens · \$0\.\d+, from 1 earlier question here/);
    const asked = server.requests.slice(before).map(({ key, body }) => `${key} ${body.model}`);
    expect(new Set(asked)).toEqual(new Set(['bucket strong', 'leaf small', 'child small']));
    const roles = server.requests.slice(before).flatMap(({ body }) => body.messages.map(({ role }) => role));
    expect(roles).not.toContain('system');
  }));

it('ends with what it had when the model goes in mid-run', () =>
  window(async (vscode) => {
    await ask(vscode, 'gone');
    await vscode.sidebar.answered(/does not offer Probe strong/);
    expect(await vscode.sidebar.text()).toContain('So far: filled on success');
  }));

it('says that a provider blocks it, and offers another model', () =>
  window(async (vscode) => {
    await ask(vscode, 'blocked');
    await vscode.sidebar.answered(/Probe strong \(probe\) blocked the request.*Not for this extension/);
    const choose = (await vscode.sidebar.entry()).getByRole('button', { name: 'Choose model' });
    await choose.click();
    await vscode.workbench.inputBox.waitFor();
  }));

it('is stopped, though the stream of a stopped model just ends', () =>
  window(async (vscode) => {
    await ask(vscode, 'stopped');
    await until('the second turn', () => server.requests.filter(({ key }) => key === 'stopped').length >= 2);
    await (await vscode.sidebar.stopButton()).click();
    await vscode.sidebar.answered('So far: filled on success');
    expect(await vscode.sidebar.text()).toContain('stopped');
    await until('a cancelled request', () => vscode.host.read().models.includes('cancelled'));
  }));
