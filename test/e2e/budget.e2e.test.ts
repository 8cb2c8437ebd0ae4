import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

it('ends at a limit with what it has, and goes on with more on request', () => {
  const settings = { ...scripted(server.url), 'askCodebase.limits.maxCalls': 6 };
  return inVsCode({ open: { kind: 'folder', files: project }, settings }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('bucket', 'Who fills it?'));
    await vscode.sidebar.answered('limit reached');
    expect(await vscode.sidebar.text()).toContain('on success');
    await (await vscode.sidebar.entry()).getByRole('button', { name: 'Go on with more budget' }).click();
    const questions = (await vscode.sidebar.frame()).getByRole('article');
    await until('a second run', async () => (await questions.count()) === 2);
    await vscode.sidebar.answered('answered');
    expect(await vscode.sidebar.text()).toMatch(/9 calls/);
  });
});
