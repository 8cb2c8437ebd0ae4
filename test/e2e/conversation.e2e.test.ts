import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { writeFiles } from './driver/workspace.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

const window = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, test);

const edited = { 'src/bucket.ts': (project['src/bucket.ts'] as string).replace('fillRetry', 'refillRetry') };

async function look(vscode: VsCode): Promise<void> {
  await vscode.sidebar.show();
  await vscode.sidebar.ask(asks('look', 'Where is it filled?'));
  await vscode.sidebar.answered('filled there');
}

/** What the root was told at the beginning of the newest run. */
const told = (from: number): string => JSON.stringify(server.requests[from]?.body.messages);

it('goes on with the variables of the question before, and sees what was edited in between', () =>
  window(async (vscode) => {
    await look(vscode);
    const before = server.requests.length;
    await vscode.sidebar.ask(asks('recall', 'And?'));
    await vscode.sidebar.answered(/Kept: part 7 read; 1 hit at/);
    expect(server.requests).toHaveLength(before + 1);
    expect(told(before)).toContain('The bucket is filled there [src/bucket.ts:126-128].');
    expect(await vscode.sidebar.text()).toContain('the REPL was still there');

    writeFiles(vscode.folder, edited);
    // VS Code tells of a change on the disk a little later.
    await until('a stale badge', async () => /stale/i.test(await vscode.sidebar.allText()));
    const later = server.requests.length;
    await vscode.sidebar.ask(asks('again', 'And now?'));
    await vscode.sidebar.answered('Was line 126, is refillRetryBucket');
    expect(told(later)).toContain('changed: src/bucket.ts');
    expect(await vscode.sidebar.text()).toContain('1 changed');
  }));

it('goes on after a reload: the conversation is there, and its cells make the variables again without a model', () =>
  window(async (vscode) => {
    await look(vscode);
    await vscode.workbench.reload();
    await vscode.ready();
    await vscode.sidebar.answered('filled there');
    writeFiles(vscode.folder, { 'src/new.ts': 'export {};\n' });
    const before = server.requests.length;
    await vscode.sidebar.ask(asks('recall', 'And?'));
    await vscode.sidebar.answered(/Kept: part 7 read; 1 hit at/);
    expect(server.requests).toHaveLength(before + 1);
    expect(told(before)).toContain('new: src/new.ts');
    expect(await vscode.sidebar.text()).toContain('2 cells that ran again');
  }));

it('forgets with a new chat, and opens an old run as it was when the code has changed', () =>
  window(async (vscode) => {
    await look(vscode);
    await vscode.workbench.run('Ask Codebase: New chat');
    const before = server.requests.length;
    await vscode.sidebar.ask(asks('short', 'Something else?'));
    await vscode.sidebar.answered('Short');
    expect(told(before)).not.toContain('filled there');

    writeFiles(vscode.folder, { 'src/bucket.ts': 'export {};\n' });
    // VS Code tells of it while the other conversation is shown.
    await sleep(2000);
    await vscode.workbench.run('Ask Codebase: Show history');
    await vscode.workbench.answer('filled?');
    await vscode.sidebar.answered('The bucket is filled there');
    await until('a stale badge', async () => /stale/i.test(await vscode.sidebar.allText()));
    await vscode.workbench.run('Ask Codebase: Open last run');
    await until('the panel', () => vscode.panel.isOpen());
  }));

it('renames and deletes conversations in the list', () =>
  window(async (vscode) => {
    await look(vscode);
    const { page } = vscode;
    const row = page.locator('.quick-input-widget .monaco-list-row').first();
    await vscode.workbench.run('Ask Codebase: Show history');
    await row.hover();
    await row.getByRole('button', { name: 'Rename' }).click();
    // The list and the box for the name are the same widget.
    await page.locator('.quick-input-widget').getByText('Rename conversation').waitFor();
    await vscode.workbench.answer('The retry bucket');
    await row.filter({ hasText: 'The retry bucket' }).waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Delete' }).click();
    await page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
    await until('an empty conversation', async () => !(await vscode.sidebar.allText()).includes('filled there'));
  }));
