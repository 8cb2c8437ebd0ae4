import { describe, expect, it } from 'vitest';
import type { RoutedFiles } from '../../extension/node/routed-files.ts';
import { type UnsavedDocument, WorkspaceSnapshots } from '../../extension/node/workspace-snapshots.ts';
import type { SnapshotOptions } from '../../src/workspace/options.ts';
import type { WorkspaceFiles } from '../../src/workspace/workspace-files.ts';
import { MemoryFiles, neverAborted, pathsOf, type Tree } from '../support/workspace.ts';

/** An open workspace in memory that counts what is read of it. */
function workspace(trees: Readonly<Record<string, Tree>>) {
  const memory = new MemoryFiles(trees);
  let tell: (folder: string, path: string) => void = () => undefined;
  const state: { unsaved: readonly UnsavedDocument[]; options: SnapshotOptions; watched: number } = {
    unsaved: [],
    options: {},
    watched: 0,
  };
  const snapshots = new WorkspaceSnapshots({
    folders: () => memory.folders,
    unsaved: () => state.unsaved,
    options: () => state.options,
    files: () => routed(memory),
    watch: (onChange) => {
      state.watched++;
      tell = onChange;
    },
  });
  const get = () => snapshots.get(neverAborted());
  return { memory, state, snapshots, get, change: (folder: string, path: string) => tell(folder, path) };
}

const routed = (files: WorkspaceFiles): RoutedFiles => ({
  folders: files.folders,
  caseSensitive: files.caseSensitive,
  open: (location, signal) => files.open(location, signal),
  repository: (key, signal) => files.repository(key, signal),
  list: (key, path, signal) => files.list(key, path, signal),
  read: (key, path, max, signal) => files.read(key, path, max, signal),
  hash: (bytes) => files.hash(bytes),
  pause: () => files.pause(),
  locationOf: (key) => key,
});

const tree = { 'a.ts': 'const a = 1;\n', '.gitignore': 'gen/\n', 'gen/out.txt': 'x' };

describe('the snapshot between questions', () => {
  it('is not read again when nothing has changed', async () => {
    const { memory, state, get } = workspace({ '/app': tree });
    const first = await get();
    const read = [...memory.reads, ...memory.lists];
    expect(await get()).toBe(first);
    expect([...memory.reads, ...memory.lists]).toEqual(read);
    expect(state.watched).toBe(1);
  });

  it('is read again after a file has changed, but not for one in a left-out folder', async () => {
    const { get, change } = workspace({ '/app': tree });
    const first = await get();
    change('/app', 'gen/out.txt');
    expect(await get()).toBe(first);
    change('/app', 'a.ts');
    expect(await get()).not.toBe(first);
  });

  it('holds unsaved texts, and goes back when they are undone', async () => {
    const { state, get } = workspace({ '/app': tree });
    const first = await get();
    const unsaved = (text: string) => ({ folder: '/app', path: 'a.ts', text });
    state.unsaved = [unsaved('const a = 2;\n')];
    const second = await get();
    expect(second.text('a.ts')).toBe('const a = 2;\n');
    state.unsaved = [unsaved('const a = 3;\n')];
    expect((await get()).text('a.ts')).toBe('const a = 3;\n');
    state.unsaved = [];
    expect((await get()).id).toBe(first.id);
  });

  it('follows the settings', async () => {
    const { state, get } = workspace({ '/app': tree });
    await get();
    state.options = { exclude: ['a.ts'] };
    expect(pathsOf(await get())).toEqual(['.gitignore']);
  });

  it('knows the folders of its roots', async () => {
    const { snapshots, get } = workspace({ '/x/app': tree, '/y/app': tree });
    const { id } = await get();
    const places = snapshots.rootsOf(id);
    expect(places.map(({ uri }) => uri).toSorted()).toEqual(['/x/app', '/y/app']);
    expect(new Set(places.map(({ name }) => name)).size).toBe(2);
  });
});

describe('asking for it at the same time', () => {
  it('reads once, and goes on when one of two turns away', async () => {
    const { memory, snapshots } = workspace({ '/app': tree });
    const turned = new AbortController();
    const one = snapshots.get(turned.signal);
    const two = snapshots.get(neverAborted());
    turned.abort(new Error('turned away'));
    await expect(one).rejects.toThrow('turned away');
    expect(pathsOf(await two)).toContain('a.ts');
    expect(memory.reads.filter((path) => path === 'a.ts')).toHaveLength(1);
  });

  it('stops reading when nobody waits, and reads anew for the next', async () => {
    const { snapshots, get } = workspace({ '/app': tree });
    const turned = new AbortController();
    const one = snapshots.get(turned.signal);
    turned.abort(new Error('turned away'));
    await expect(one).rejects.toThrow('turned away');
    expect(pathsOf(await get())).toContain('a.ts');
  });

  it('stops the reading that nobody waits for any more also when a newer one has begun, and keeps the newer', async () => {
    const { snapshots, get, change, memory } = workspace({ '/app': tree });
    const turned = new AbortController();
    const one = snapshots.get(turned.signal);
    change('/app', 'a.ts');
    const two = get();
    turned.abort(new Error('turned away'));
    await expect(one).rejects.toThrow('turned away');
    const kept = await two;
    expect(await get()).toBe(kept);
    expect(memory.reads.filter((path) => path === 'a.ts')).toHaveLength(1);
  });
});
