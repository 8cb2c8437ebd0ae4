import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ScriptData } from '../support/script.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode, type VsCodeOptions } from './driver/vscode.ts';
import { asks, project } from './fixtures.ts';

const cell = (...lines: readonly string[]): string => `\`\`\`repl\n${lines.join('\n')}\n\`\`\``;
const script: ScriptData = {
  names: [cell('FINAL("It has " + "|".join(sorted(files)) + " and no more")')],
  question: [cell('FINAL("It was asked: " + question)')],
};
const library = {
  '.ask-codebase/questions/owners.md': '# Who owns it\n\n[[script:question]] Who owns {{part: a folder}}?\n',
};

const server = useScriptedServer({ script });

const window = (test: (vscode: VsCode) => Promise<void>, options: Partial<VsCodeOptions> = {}) =>
  inVsCode(
    { open: { kind: 'folder', files: { ...project, ...library } }, settings: scripted(server.url), ...options },
    test,
  );

const drafted = (vscode: VsCode, wanted: string | RegExp): Promise<string> =>
  until(`${wanted} in the question box`, async () => {
    const text = await (await vscode.sidebar.questionBox()).inputValue();
    return text.search(wanted) >= 0 ? text : undefined;
  });

it('limits a question to a file that is completed with the keyboard, and says so', () =>
  window(async (vscode) => {
    await vscode.sidebar.show();
    const box = await vscode.sidebar.questionBox();
    await box.pressSequentially(`${asks('names', 'Which?')} #file:clie`);
    await (await vscode.sidebar.frame()).getByRole('option', { name: 'src/client.ts' }).waitFor();
    await box.press('Enter');
    await drafted(vscode, /#file:src\/client\.ts $/);
    await box.press('Enter');
    await vscode.sidebar.answered('It has src/client.ts and no more');
    expect(await vscode.sidebar.text()).toContain('limited to src/client.ts (3 other files not asked)');
  }));

it('asks about a folder of the explorer, and about a symbol', () =>
  window(async (vscode) => {
    await vscode.sidebar.show();
    await vscode.workbench.run('View: Show Explorer');
    await vscode.page.locator('.explorer-folders-view').getByText('src', { exact: true }).click({ button: 'right' });
    // The menu takes no click that comes as soon as it is there.
    await vscode.page.getByRole('menuitem', { name: 'Ask about this folder' }).hover();
    await vscode.page.keyboard.press('Enter');
    await drafted(vscode, '#folder:src ');
    await vscode.sidebar.ask(asks('names', '#folder:src Which?'));
    await vscode.sidebar.answered('It has src/bucket.ts|src/client.ts and no more'.replaceAll('|', '\\|'));
    await vscode.sidebar.ask(asks('question', 'What is #symbol:takeForRetry?'));
    await vscode.sidebar.answered(/The question is about src\/bucket\.ts:131-135/);
  }));

it('offers questions of a trusted workspace, filled in and shown before they are asked', () =>
  window(async (vscode) => {
    const before = server.requests.length;
    await vscode.workbench.run('Ask Codebase: Ask a saved question');
    await vscode.page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: 'Who owns it' }).click();
    await vscode.workbench.answer('src');
    await drafted(vscode, 'Who owns src?');
    expect(server.requests).toHaveLength(before);
    await (await vscode.sidebar.questionBox()).press('Enter');
    await vscode.sidebar.answered('Who owns src?');
  }));

it('offers none of a workspace that is not trusted, and runs no git in it', () =>
  window(
    async (vscode) => {
      await vscode.workbench.run('Ask Codebase: Ask a saved question');
      await until('the reason', async () =>
        (await vscode.workbench.notifications()).some((text) => text.includes('when you trust it')),
      );
      const { done } = vscode.host.order({ command: 'askCodebase.askChanges', silent: true });
      await done;
      await until('the refusal', async () =>
        (await vscode.workbench.notifications()).some((text) => text.includes('Git is not run')),
      );
    },
    { trusted: false },
  ));

it('asks what a change touches', () =>
  window(async (vscode) => {
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: vscode.folder });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'first');
    writeFileSync(join(vscode.folder, 'src/client.ts'), 'export const client = 1;\n');
    await vscode.workbench.run('Ask Codebase: What does this change touch?');
    expect(await drafted(vscode, 'What does this change touch')).toContain(': src/client.ts (modified).');
  }));
