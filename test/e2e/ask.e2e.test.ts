import { describe, expect, it } from 'vitest';
import { type Settings, scripted } from './driver/settings.ts';
import { clickOpensLines } from './driver/steps.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const question = 'Who fills the retry bucket?';

const server = useScriptedServer({ script: scripts });

const models: readonly { readonly name: string; readonly settings: () => Settings; readonly question: string }[] = [
  { name: 'the offline model', settings: () => ({}), question },
  { name: 'a scripted server', settings: () => scripted(server.url), question: asks('bucket', question) },
];

describe.each(models)('with $name', ({ name, settings, question }) => {
  const window = (test: (vscode: VsCode) => Promise<void>) =>
    inVsCode({ open: { kind: 'folder', files: project }, settings: settings() }, test);

  it('answers a question from the palette in a growing tree, and a citation opens its lines', () =>
    window(async (vscode) => {
      await vscode.workbench.run('Ask codebase');
      await vscode.workbench.answer(question);
      const agents = await vscode.panel.agents();
      await until('a root agent', async () => (await agents.count()) >= 1);
      await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
      expect(await agents.count()).toBeGreaterThan(1);
      await clickOpensLines(vscode);
    }));

  it('answers a question from the sidebar', () =>
    window(async (vscode) => {
      await vscode.sidebar.show();
      await vscode.sidebar.ask(question);
      await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
      await clickOpensLines(vscode);
    }));

  it('answers a question about a selection', () =>
    window(async (vscode) => {
      await vscode.open('src/bucket.ts');
      await vscode.editor.selectLines(126, 128);
      const before = server.requests.length;
      await vscode.workbench.run('Ask Codebase: Ask about selection');
      await until('the selection in the view', async () =>
        (await vscode.sidebar.allText()).includes('bucket.ts:126-128'),
      );
      await vscode.sidebar.ask(question);
      await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
      if (name === 'the offline model') return;
      const asked = JSON.stringify(server.requests[before]?.body.messages);
      expect(asked).toContain('src/bucket.ts:126-128');
      expect(asked).toContain('fillRetryBucket(): void {');
    }));
});
