import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { clickOpensLines } from './driver/steps.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode } from './driver/vscode.ts';
import { asks, far, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

it('opens the right one of two files that have the same name in two roots', () => {
  const root = (name: string) => ({
    'src/same.ts': far([`/** The twin of ${name}. */`, `export const twin = '${name}';`], 129),
  });
  return inVsCode(
    { open: { kind: 'roots', roots: { alpha: root('alpha'), beta: root('beta') } }, settings: scripted(server.url) },
    async (vscode) => {
      await vscode.open('alpha/src/same.ts');
      await vscode.sidebar.show();
      await vscode.sidebar.ask(asks('twins', 'Where is the twin of beta?'));
      await vscode.sidebar.answered('beta/src/same.ts:130-131');
      expect(await clickOpensLines(vscode, 'beta/src/same.ts')).toEqual([130, 131]);
    },
  );
});

it('answers from what stands in an editor and is not saved', () =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    await vscode.open('src/bucket.ts');
    await vscode.editor.typeAtLine(3, 'marker-unsaved ');
    await vscode.activeEditor('an edit', ({ dirty }) => dirty);
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('unsaved', 'Which marker is in the bucket?'));
    await vscode.sidebar.answered('The file says: marker-unsaved');
  }));

it('answers in a workspace that is not trusted, and takes no endpoint from it', () => {
  const settings = JSON.stringify({ ...scripted(server.url), 'workbench.statusBar.visible': true });
  const files = { ...project, '.vscode/settings.json': settings };
  const before = server.requests.length;
  return inVsCode({ open: { kind: 'folder', files }, trusted: false }, async (vscode) => {
    await vscode.workbench.run('Ask codebase');
    await vscode.workbench.answer('Who fills the retry bucket?');
    await vscode.sidebar.answered(/src\/bucket\.ts:\d+/);
    expect(server.requests.length).toBe(before);
    await clickOpensLines(vscode);
  });
});

it('says what to do when no folder is open', () =>
  inVsCode({ open: { kind: 'nothing' } }, async (vscode) => {
    await vscode.workbench.run('Ask codebase');
    await until('a notice', async () =>
      (await vscode.workbench.notifications()).some((text) => /no folder is open/i.test(text)),
    );
    await vscode.sidebar.show();
    await until('the view to say so', async () => /open a folder/i.test(await vscode.sidebar.allText()));
  }));

it('answers in an empty folder that there is nothing to search', () =>
  inVsCode({ open: { kind: 'folder', files: {} } }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask('Who fills the retry bucket?');
    await vscode.sidebar.answered(/no files|nothing|empty/i);
  }));
