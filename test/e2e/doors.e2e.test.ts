import { describe, expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

const window = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode(
    {
      open: { kind: 'folder', files: project },
      settings: scripted(server.url),
      env: { ASK_CODEBASE_E2E_MODELS: server.url },
    },
    test,
  );

const dialog = ({ page }: VsCode) => page.locator('.monaco-dialog-box');
const question = 'Who fills the retry bucket?';

describe('the language-model tool', () => {
  it('asks the person first, then gives an agent a verified, cited answer with evidence', () =>
    window(async (vscode) => {
      const input = { question: asks('bucket', question), maxCostUsd: 0.5 };
      const { done } = vscode.host.order({ tool: 'ask_codebase', input });
      await dialog(vscode).waitFor();
      const said = await dialog(vscode).textContent();
      expect(said).toContain(question);
      expect(said).toContain('openai:scripted');
      expect(said).toContain('$0.50');
      expect(server.requests).toEqual([]);
      await dialog(vscode)
        .getByRole('button', { name: /Yes|Allow|Continue/ })
        .click();
      const { value, error } = await done;
      expect(error).toBeUndefined();
      const [text, json] = value as readonly string[];
      expect(text).toContain('- [src/bucket.ts:126-128] verified');
      expect(text).toMatch(/Evidence: Searched \d of 3 loaded files/);
      expect(JSON.parse(json ?? '').citations).toMatchObject([{ path: 'src/bucket.ts', status: 'verified' }]);
    }));

  it('stops when the agent cancels', () =>
    window(async (vscode) => {
      const [before, aborted] = [server.requests.length, server.stats.aborted];
      const { id, done } = vscode.host.order({ tool: 'ask_codebase', input: { question: asks('endless', question) } });
      await dialog(vscode)
        .getByRole('button', { name: /Yes|Allow|Continue/ })
        .click();
      await until('the second turn', () => server.requests.length >= before + 2);
      const at = performance.now();
      vscode.host.order({ cancel: id });
      await done;
      await until('the end of the request', () => server.stats.aborted > aborted);
      expect(performance.now() - at).toBeLessThan(2000);
    }));
});

describe('the chat participant', () => {
  /** Chat wants a model to be chosen there, also for a participant that does not use it. */
  const askInChat = async ({ host }: VsCode, script: string) => {
    const modelSelector = { vendor: 'probe', id: 'strong' };
    const options = { query: `@codebase ${asks(script, question)}`, mode: 'ask', modelSelector };
    const { error } = await host.order({ command: 'workbench.action.chat.open', args: [options], silent: true }).done;
    expect(error).toBeUndefined();
  };
  const response = ({ page }: VsCode) => page.locator('.interactive-session .interactive-response').last();

  it('answers with links to what was verified, references, evidence and questions that go on', () =>
    window(async (vscode) => {
      await askInChat(vscode, 'bucket');
      const link = response(vscode).locator('.chat-inline-anchor-widget');
      await link.waitFor();
      expect(await response(vscode).textContent()).toMatch(
        /Used 1 reference.*filled on success bucket\.ts:126-128 ✓.*1 citation: 1 verified · Searched \d of 3 loaded files · 9 model calls/s,
      );
      await vscode.page.getByText('How is src/bucket.ts tested?').waitFor();
      await link.click();
      await vscode.activeEditor(
        'the cited lines',
        ({ path, selection }) => path.endsWith('src/bucket.ts') && selection.startLine === 126,
      );
      await response(vscode).getByRole('button', { name: 'Open Run' }).click();
      await until('the tree of agents', async () => (await (await vscode.panel.agents()).count()) > 2);
    }));

  it('stops when the person does', () =>
    window(async (vscode) => {
      const [before, aborted] = [server.requests.length, server.stats.aborted];
      await askInChat(vscode, 'endless');
      await until('the second turn', () => server.requests.length >= before + 2);
      const at = performance.now();
      vscode.host.order({ command: 'workbench.action.chat.cancel', silent: true });
      await until('the end of the request', () => server.stats.aborted > aborted);
      expect(performance.now() - at).toBeLessThan(2000);
    }));
});

describe('the MCP server in the editor', () => {
  const name = 'mcp_ask_codebase_ask_codebase';

  /** VS Code starts the servers that it knows; ours is known a moment after the view is there. */
  const serverStarted = async ({ host, sidebar }: VsCode) => {
    await sidebar.show();
    const start = { command: 'workbench.mcp.startServer', args: ['*', { waitForLiveTools: true }], silent: true };
    await until('the tool', async () => {
      await host.order(start).done;
      const { value } = await host.order({ list: true }).done;
      return (value as readonly string[]).includes(name);
    });
  };
  const askAllowed = async (vscode: VsCode, script: string) => {
    const order = vscode.host.order({ tool: name, input: { question: asks(script, question) } });
    await dialog(vscode)
      .getByRole('button', { name: /Yes|Allow|Continue/ })
      .click();
    return order;
  };

  it('is there for its agents, asks the person, and answers', () =>
    window(async (vscode) => {
      await serverStarted(vscode);
      const { done } = await askAllowed(vscode, 'short');
      const { value, error } = await done;
      expect(error).toBeUndefined();
      const [answer = ''] = value as readonly string[];
      expect(JSON.parse(answer).citations).toMatchObject([
        { path: 'src/bucket.ts', startLine: 121, status: 'verified' },
      ]);
    }));

  it('stops when the agent cancels', () =>
    window(async (vscode) => {
      await serverStarted(vscode);
      const [before, aborted] = [server.requests.length, server.stats.aborted];
      const { id, done } = await askAllowed(vscode, 'endless');
      await until('the second turn', () => server.requests.length >= before + 2);
      const at = performance.now();
      vscode.host.order({ cancel: id });
      await done;
      await until('the end of the request', () => server.stats.aborted > aborted);
      expect(performance.now() - at).toBeLessThan(2000);
    }));
});
