import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GitQuery, GitScope } from '../../src/git/git-history.ts';
import { gitCli } from '../../src/git/node/git-cli.ts';
import { succeeded } from '../../src/git/node/run-git.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { diskFiles } from '../../src/workspace/node/disk-files.ts';
import { selectFiles } from '../../src/workspace/selection.ts';
import { neverAborted } from '../support/workspace.ts';

let base: string;

const identity = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
const git = (folder: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd: folder, env: { ...process.env, ...identity }, stdio: 'pipe' }).toString();

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function repository(name: string): Promise<string> {
  const folder = join(base, name);
  await mkdir(folder);
  git(folder, 'init', '-q', '-b', 'main');
  await write(folder, { 'a.txt': 'one\ntwo\nthree\n', 'gone.txt': 'x\n', 'dir/b.txt': 'b\n', '.env': 'KEY=1\n' });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'First');
  await write(folder, { 'a.txt': 'one\n2\nthree\n' });
  git(folder, 'commit', '-q', '-am', 'Second');
  await write(folder, { 'a.txt': 'zero\none\n2\nthree\n', 'new.txt': 'n\n' });
  await rm(join(folder, 'gone.txt'));
  return folder;
}

async function scopeOf(folder: string): Promise<GitScope> {
  const snapshot = await buildSnapshot(diskFiles([{ location: folder }]), {}, neverAborted());
  return { snapshot, whole: true };
}

const ask = async (folder: string, query: GitQuery) =>
  (await gitCli.ask(query, await scopeOf(folder), neverAborted())).items;

beforeAll(async () => {
  base = await realpath(await mkdtemp(join(tmpdir(), 'ask-codebase-git-')));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('git history', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await repository('plain');
  });

  it('blames the lines as they are loaded, changed ones included', async () => {
    const items = await ask(folder, { ask: 'blame', path: 'a.txt', start: 1, end: 4 });
    expect(items.map((item) => 'text' in item && [item.line, item.summary, item.author, item.text])).toEqual([
      [1, '', '', 'zero'],
      [2, 'First', 'Ada', 'one'],
      [3, 'Second', 'Ada', '2'],
      [4, 'First', 'Ada', 'three'],
    ]);
    expect(items[1]).toMatchObject({ date: '2026-01-02T03:04:05.000Z' });
    expect(items[0]).toMatchObject({ commit: 'uncommitted' });
  });

  it('blames lines whatever ends them or stands in them, and whatever encodes them', async () => {
    const odd = await repository('odd');
    const german = 'Grüße aus München, schöne Straße, für Äpfel und Öl\nWir müssen früh aufstehen\n';
    await write(odd, { 'crlf.txt': 'a\r\nb\r\nc\r\n', 'separator.js': 'a\n"\u2028"\nc\n', 'cr.txt': 'a\rb\n\rc\nd\n' });
    await writeFile(join(odd, 'latin1.txt'), Buffer.from(german, 'latin1'));
    await writeFile(join(odd, 'utf16.txt'), Buffer.from('\uFEFFone\ntwo\n', 'utf16le'));
    git(odd, 'add', '-A');
    git(odd, 'commit', '-q', '-m', 'Third');
    const { snapshot } = await scopeOf(odd);
    for (const path of ['crlf.txt', 'separator.js', 'cr.txt', 'latin1.txt', 'utf16.txt']) {
      const end = snapshot.file(path)?.lineCount ?? 0;
      const items = await ask(odd, { ask: 'blame', path, start: 1, end });
      expect(items.map((item) => 'summary' in item && item.summary)).toEqual(new Array(end).fill('Third'));
    }
    expect(await ask(odd, { ask: 'changed_since', ref: 'HEAD' })).toEqual([]);
    const changed = Buffer.from(german.replace('früh', 'spät'), 'latin1');
    await writeFile(join(odd, 'latin1.txt'), changed);
    expect(await ask(odd, { ask: 'changed_since', ref: 'HEAD' })).toEqual([{ path: 'latin1.txt', change: 'modified' }]);
    const [first, second] = await ask(odd, { ask: 'blame', path: 'latin1.txt', start: 1, end: 2 });
    expect([first, second]).toMatchObject([{ summary: 'Third' }, { commit: 'uncommitted' }]);
  });

  it('logs a file and the repository', async () => {
    const summaries = async (path: string | null) =>
      (await ask(folder, { ask: 'log', path, count: 9 })).map((item) => 'summary' in item && item.summary);
    expect(await summaries(null)).toEqual(['Second', 'First']);
    expect(await summaries('dir/b.txt')).toEqual(['First']);
    expect(await ask(folder, { ask: 'log', path: null, count: 1 })).toHaveLength(1);
  });

  it('tells what changed, and never names a secret', async () => {
    expect(await ask(folder, { ask: 'changed_since', ref: 'HEAD' })).toEqual([
      { path: 'a.txt', change: 'modified' },
      { path: 'gone.txt', change: 'deleted' },
      { path: 'new.txt', change: 'added' },
    ]);
  });

  it('works in a folder of the repository', async () => {
    const within = join(folder, 'dir');
    expect(await ask(within, { ask: 'changed_since', ref: 'HEAD~1' })).toEqual([]);
    expect(await ask(within, { ask: 'log', path: 'b.txt', count: 9 })).toHaveLength(1);
    expect(await ask(within, { ask: 'blame', path: 'b.txt', start: 1, end: 1 })).toMatchObject([{ summary: 'First' }]);
  });

  it.each<[GitQuery, string]>([
    [{ ask: 'blame', path: '.env', start: 1, end: 1 }, 'no file ".env" among the loaded files'],
    [{ ask: 'log', path: '../other', count: 1 }, 'no file "../other" among'],
    [{ ask: 'blame', path: 'a.txt', start: 3, end: 9 }, 'a.txt has 4 lines; there are no lines 3 to 9'],
    [{ ask: 'changed_since', ref: '--output=/tmp/x' }, 'ref must be a commit, a branch or a tag'],
    [{ ask: 'changed_since', ref: 'HEAD:.env' }, 'ref must be a commit'],
    [{ ask: 'changed_since', ref: 'no-such' }, 'has no commit "no-such"'],
  ])('refuses %j', async (query, message) => {
    await expect(ask(folder, query)).rejects.toThrow(message);
  });

  it('gives a child agent only its own files', async () => {
    const { snapshot } = await scopeOf(folder);
    const child: GitScope = { snapshot: selectFiles(snapshot, ['new.txt']), whole: false };
    const { items, notes } = await gitCli.ask({ ask: 'changed_since', ref: 'HEAD' }, child, neverAborted());
    expect(items).toEqual([{ path: 'new.txt', change: 'added' }]);
    expect(notes[0]).toContain('only to an agent that has all files');
    const other = gitCli.ask({ ask: 'log', path: 'a.txt', count: 1 }, child, neverAborted());
    await expect(other).rejects.toThrow('no file "a.txt"');
  });

  it('says so where there is no repository, and where .git leads elsewhere', async () => {
    const bare = join(base, 'no-repository');
    await write(bare, { 'x.txt': 'x\n' });
    await expect(ask(bare, { ask: 'log', path: null, count: 1 })).rejects.toThrow('is not in a git repository');
    for (const [name, make] of [
      ['file', (at: string) => writeFile(join(at, '.git'), `gitdir: ${folder}/.git\n`)],
      ['link', (at: string) => symlink(join(folder, '.git'), join(at, '.git'))],
    ] as const) {
      const thief = join(base, `thief-${name}`);
      await write(thief, { 'a.txt': 'one\n' });
      await make(thief);
      await expect(ask(thief, { ask: 'log', path: null, count: 1 })).rejects.toThrow('leads to another place');
    }
  });

  it.each([
    ['commondir', join('made', 'commondir'), (at: string) => `${at}\n`],
    ['alternates', join('objects', 'info', 'alternates'), (at: string) => join(at, 'objects\n')],
  ])('gives no history to a .git file whose worktree is made up, by its %s', async (name, leading, to) => {
    const thief = join(base, `made-up-${name}`);
    const made = name === 'commondir' ? 'made' : join('worktrees', 'made');
    const head = git(folder, 'rev-parse', 'HEAD');
    await write(thief, {
      'a.txt': 'one\n',
      '.git': `gitdir: ${made}\n`,
      [join(made, 'gitdir')]: `${thief}/.git\n`,
      [join(made, 'HEAD')]: head,
      [join(made, 'commondir')]: '../..\n',
      HEAD: head,
      'objects/x': '',
      'refs/x': '',
      [leading]: to(join(folder, '.git')),
    });
    expect(git(thief, 'log', '--format=%s')).toContain('Second');
    await expect(ask(thief, { ask: 'log', path: null, count: 1 })).rejects.toThrow('leads to another place');
  });

  it('gives no history to a folder of a repository that is laid out like one itself', async () => {
    const outer = await repository('outer');
    const thief = join(outer, 'thief');
    await write(thief, {
      'a.txt': 'one\n',
      HEAD: git(folder, 'rev-parse', 'HEAD'),
      'objects/info/alternates': `${folder}/.git/objects\n`,
      'refs/x': '',
    });
    expect(git(thief, 'log', '--format=%s')).toContain('Second');
    await expect(ask(thief, { ask: 'log', path: null, count: 1 })).rejects.toThrow('leads to another place');
  });

  it('reads a worktree, which its repository knows, also by a path from there', async () => {
    const worktree = join(base, 'worktree');
    git(folder, 'worktree', 'add', '-q', worktree, 'HEAD~1');
    expect(await ask(worktree, { ask: 'log', path: 'a.txt', count: 9 })).toHaveLength(1);
    await writeFile(join(worktree, '.git'), 'gitdir: ../plain/.git/worktrees/worktree\n');
    await writeFile(join(folder, '.git/worktrees/worktree/gitdir'), '../../../../worktree/.git\n');
    expect(await ask(worktree, { ask: 'log', path: 'a.txt', count: 9 })).toHaveLength(1);
  });

  it.runIf(process.getuid?.() === 0)('reads one that belongs to somebody else, as in a container', async () => {
    const theirs = await repository('theirs');
    execFileSync('chown', ['-R', '12345:12345', theirs]);
    expect(await ask(theirs, { ask: 'log', path: 'a.txt', count: 9 })).toHaveLength(2);
  });

  it('says why git refuses, rather than that nothing is committed', async () => {
    const broken = await repository('broken');
    await writeFile(join(broken, '.git/config'), '[core\n');
    const blame = ask(broken, { ask: 'blame', path: 'a.txt', start: 1, end: 1 });
    await expect(blame).rejects.toThrow('git could not tell: fatal: bad config line 1 in file .git/config');
    const changed = ask(broken, { ask: 'changed_since', ref: 'HEAD' });
    await expect(changed).rejects.toThrow('git could not tell: fatal: bad config');
  });
});

it('a complaint of git names no place on this disk', () => {
  const complain = (stderr: string) => () =>
    succeeded({ code: 128, stdout: '', bytes: new Uint8Array(), stderr, cut: false });
  expect(complain("fatal: '/etc/passwd' is outside repository at '/home/Ada L/x'\nmore")).toThrow(
    "git could not tell: fatal: '…/passwd' is outside repository at '…/x'",
  );
  expect(complain('fatal: not a git repository: C:/Users/Ada/x/.git')).toThrow(/repository: …\/.git$/);
  expect(complain('fatal: bad object refs/heads/main')).toThrow('bad object refs/heads/main');
});

describe('a hostile repository', () => {
  let folder: string;
  let marks: string;
  const marked = async () => (await readdir(marks)).toSorted();

  beforeAll(async () => {
    folder = await repository('hostile');
    marks = join(base, 'marks');
    await mkdir(marks);
    const program = async (name: string) => {
      const file = join(base, `evil-${name}`);
      await writeFile(file, `#!/bin/sh\ntouch ${join(marks, name)}\ncat\n`);
      await chmod(file, 0o755);
      return file;
    };
    const set = async (key: string, name = key) => git(folder, 'config', key, await program(name));
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'diff.external',
      'gpg.program',
    ])
      await set(key);
    for (const key of [
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
    ])
      await set(key);
    for (const key of ['pager.log', 'pager.blame', 'core.alternateRefsCommand', 'credential.helper']) await set(key);
    git(folder, 'config', 'alias.log', `!${await program('alias')}`);
    git(folder, 'config', 'log.showSignature', 'true');
    git(folder, 'config', 'core.hooksPath', base);
    git(folder, 'config', 'extensions.partialClone', 'origin');
    git(folder, 'config', 'core.repositoryFormatVersion', '1');
    git(folder, 'config', 'remote.origin.promisor', 'true');
    git(folder, 'config', 'remote.origin.url', `ext::${await program('remote')}`);
    git(folder, 'config', 'protocol.ext.allow', 'always');
    await write(folder, {
      '.gitattributes': '* filter=evil diff=evil\n',
      '.git/info/attributes': '* filter=evil diff=evil\n',
    });
  });

  it('runs nothing of its own, whatever is asked', async () => {
    await ask(folder, { ask: 'blame', path: 'a.txt', start: 1, end: 4 });
    await ask(folder, { ask: 'log', path: 'a.txt', count: 9 });
    await ask(folder, { ask: 'log', path: null, count: 9 });
    await ask(folder, { ask: 'changed_since', ref: 'HEAD~1' });
    // A blob that is missing would be fetched.
    const oid = git(folder, 'rev-parse', 'HEAD:a.txt').trim();
    await rm(join(folder, '.git/objects', oid.slice(0, 2), oid.slice(2)));
    await ask(folder, { ask: 'changed_since', ref: 'HEAD' });
    await ask(folder, { ask: 'blame', path: 'a.txt', start: 1, end: 4 });
    expect(await marked()).toEqual([]);
  });

  it('would run its programs in plain git (control)', async () => {
    const plain = (...args: readonly string[]) =>
      spawnSync('git', args, { cwd: folder, env: { ...process.env, ...identity }, input: '', timeout: 3000 });
    plain('status');
    plain('blame', 'dir/b.txt');
    plain('diff', 'HEAD~1');
    plain('cat-file', 'blob', 'HEAD:a.txt');
    expect(await marked()).toEqual(expect.arrayContaining(['core.fsmonitor', 'diff.evil.command', 'remote']));
    expect((await marked()).some((name) => name.startsWith('filter.evil'))).toBe(true);
  });
});
