import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scripted } from './driver/settings.ts';
import { clickOpensLines } from './driver/steps.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { writeFiles } from './driver/workspace.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

const answered = (test: (vscode: VsCode) => Promise<void>) =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url) }, async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('bucket', 'Who fills it?'));
    await vscode.sidebar.answered('on success');
    await hasBadge(vscode, 'verified');
    await test(vscode);
  });

/** Waits until a citation of the newest answer has this word to it. */
const hasBadge = (vscode: VsCode, word: string): Promise<boolean> =>
  until(`a badge that says ${word}`, async () => {
    const citations = await (await vscode.sidebar.citations()).all();
    const names = await Promise.all(
      citations.map(async (one) => `${await one.getAttribute('aria-label')} ${await one.textContent()}`),
    );
    return names.some((name) => new RegExp(`\\b${word}\\b`, 'i').test(name));
  });

it('marks a citation stale when its lines move in an editor, opens the new place, and accepts it', () =>
  answered(async (vscode) => {
    await vscode.open('src/bucket.ts');
    await vscode.editor.typeAtLine(1, '// one more\n// and another\n');
    await hasBadge(vscode, 'stale');
    await (await vscode.sidebar.citation(/bucket\.ts/)).click();
    await vscode.activeEditor('the new place', ({ selection }) => selection.startLine === 128);
    await (await vscode.sidebar.frame()).getByRole('button', { name: /128/ }).last().click();
    await hasBadge(vscode, 'moved');
    await until('lines 128 to 130 marked', async () => {
      const lines = await vscode.editor.highlightedLines();
      return lines[0] === 128 && lines.at(-1) === 130;
    });
  }));

it('marks a citation stale when its file changes on the disk, and verified again when it is back', () =>
  answered(async (vscode) => {
    writeFiles(vscode.folder, { 'src/bucket.ts': 'export {};\n' });
    await hasBadge(vscode, 'stale');
    writeFiles(vscode.folder, project);
    await hasBadge(vscode, 'verified');
    expect(await clickOpensLines(vscode)).toEqual([126, 128]);
  }));

it('marks a citation stale when its file is gone', () =>
  answered(async (vscode) => {
    rmSync(join(vscode.folder, 'src/bucket.ts'));
    await hasBadge(vscode, 'stale');
    await (await vscode.sidebar.citation(/bucket\.ts/)).click();
    await until('a word on why it does not open', async () =>
      /cannot be opened|nowhere|gone|not/i.test(
        (await vscode.sidebar.allText()) + (await vscode.workbench.notifications()),
      ),
    );
  }));
