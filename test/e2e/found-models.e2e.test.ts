import { expect, it } from 'vitest';
import { startRelay } from './driver/relay.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

/** As on a machine where nobody has set anything. */
const window = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: { 'askCodebase.model': 'auto' } }, test);

const tags = { models: [{ name: 'qwen3:8b', details: { family: 'qwen3', parameter_size: '8.2B' } }] };

it('finds an Ollama on its usual port, and asks it', async () => {
  const own = { '/api/tags': tags, '/api/ps': { models: [] } };
  const ollama = await startRelay({ to: server.url, port: 11434, own });
  try {
    await window(async (vscode) => {
      await vscode.sidebar.show();
      await until('the model in the view', async () => (await vscode.sidebar.allText()).includes('ollama:qwen3:8b'));
      await vscode.sidebar.ask(asks('bucket', 'Who fills the retry bucket?'));
      await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
      expect(await vscode.sidebar.text()).toContain('qwen3:8b of Ollama, found on this machine');
      expect(ollama.seen).toContain('POST /v1/chat/completions');
      expect(await vscode.workbench.notifications()).toEqual([]);
    });
  } finally {
    await ollama.close();
  }
});

it('answers offline when nothing is found, says so, and lists how models are had', () =>
  window(async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask('Who fills the retry bucket?');
    await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
    expect(await vscode.sidebar.text()).toContain(
      'offline search without a language model: no model in VS Code, no server on this machine, no key was found',
    );
    await vscode.workbench.run('Ask Codebase: Choose model');
    await vscode.workbench.inputBox.fill('Anthropic');
    const row = vscode.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'needs a key' }).first();
    await row.waitFor();
    await row.click();
    await vscode.page.locator('.quick-input-widget', { hasText: 'API key for api.anthropic.com' }).waitFor();
  }));
