import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { userDataOf } from './driver/server.ts';
import { scripted } from './driver/settings.ts';
import { until } from './driver/until.ts';
import { useScriptedServer } from './driver/use-scripted-server.ts';
import { inVsCode, type VsCode } from './driver/vscode.ts';
import { asks, project, scripts } from './fixtures.ts';

const server = useScriptedServer({ script: scripts });

const window = (test: (vscode: VsCode) => Promise<void>, home?: (home: string) => void) =>
  inVsCode({ open: { kind: 'folder', files: project }, settings: scripted(server.url), ...(home && { home }) }, test);

async function askShort(vscode: VsCode): Promise<void> {
  await vscode.sidebar.show();
  await vscode.sidebar.ask(asks('short', 'What is it?'));
  await vscode.sidebar.answered('Short');
}

async function notice(vscode: VsCode, text: RegExp): Promise<void> {
  const shown = async (): Promise<string> => [...(await vscode.workbench.notifications())].join('\n');
  await until(`a notice with ${text}`, async () => text.test(await shown()));
}

/** Where the extension keeps this workspace's conversations. */
function storageOf(vscode: VsCode): string {
  const base = join(userDataOf(vscode.home), 'User/workspaceStorage');
  const found = readdirSync(base, { recursive: true, encoding: 'utf8' }).find((path) =>
    /conversations\.json$/.test(path),
  );
  if (found === undefined) throw new Error(`No conversations in ${base}.`);
  return join(base, found, '..');
}

it('goes on with a new interpreter when one is killed, and says so', () =>
  window(async (vscode) => {
    await vscode.sidebar.show();
    await vscode.sidebar.ask(asks('killed', 'What happens?'));
    await vscode.sidebar.answered('It goes on');
    expect(
      server.requests.some(({ body }) => /interpreter|restarted|lost/i.test(JSON.stringify(body.messages.slice(2)))),
    ).toBe(true);
  }));

it('shows the conversation again when the extension host was killed in mid-run', () =>
  window(async (vscode) => {
    await askShort(vscode);
    const before = server.requests.length;
    await vscode.sidebar.ask(asks('endless', 'And this?'));
    await until('the second turn', () => server.requests.length >= before + 2);
    // What was logged is on the disk within a moment.
    await sleep(1000);
    vscode.host.kill();
    await sleep(3000);
    await vscode.workbench.reload();
    await vscode.ready();
    await vscode.sidebar.show();
    await vscode.sidebar.answered('So far: filled on success');
    expect(await vscode.sidebar.allText()).toContain('Short');
  }));

it('says that the log cannot be written, and keeps what was answered', () =>
  window(async (vscode) => {
    await askShort(vscode);
    await sleep(1000);
    const runs = join(storageOf(vscode), 'runs');
    renameSync(runs, `${runs}-kept`);
    writeFileSync(runs, 'a file in the place of the folder');
    await vscode.sidebar.ask(asks('bucket', 'Who fills it?'));
    await vscode.sidebar.answered('on success');
    await notice(vscode, /cannot be (written|saved)/);
    rmSync(runs);
    renameSync(`${runs}-kept`, runs);
    await vscode.workbench.reload();
    await vscode.ready();
    await until('the first answer', async () => (await vscode.sidebar.allText()).includes('Short'));
  }));

const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

it.runIf(canMount)('says that the disk is full, and keeps what was answered', () => {
  let mounted = '';
  const mount = (home: string): void => {
    mounted = join(userDataOf(home), 'User/workspaceStorage');
    mkdirSync(mounted, { recursive: true });
    const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', mounted], { encoding: 'utf8' });
    expect(made.stderr).toBe('');
  };
  const test = async (vscode: VsCode): Promise<void> => {
    await askShort(vscode);
    await sleep(1000);
    const filler = join(mounted, 'filler');
    spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=4k']);
    await vscode.sidebar.ask(asks('bucket', 'Who fills it?'));
    await vscode.sidebar.answered('on success');
    await notice(vscode, /cannot be (written|saved)/);
    rmSync(filler);
    await vscode.workbench.reload();
    await vscode.ready();
    await until('the first answer', async () => (await vscode.sidebar.allText()).includes('Short'));
  };
  return window((vscode) => test(vscode).finally(() => spawnSync('umount', ['--lazy', mounted])), mount);
});
