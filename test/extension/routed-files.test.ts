import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { routedFiles, type UriFiles } from '../../extension/node/routed-files.ts';
import { buildSnapshot } from '../../src/workspace/build-snapshot.ts';
import { neverAborted, pathsOf, reasonsOf } from '../support/workspace.ts';

const remote: UriFiles = {
  join: (folder, path) => (path === '' ? folder : `${folder}/${path}`),
  kind: async (uri) => {
    if (uri === 'mem://gone') throw new Error('EntryNotFound: mem://gone');
    return 'folder';
  },
  list: async () => [
    { name: 'b.ts', kind: 'file' },
    { name: 'big.txt', kind: 'file' },
    { name: 'link', kind: 'link' },
    { name: 'broken.txt', kind: 'file' },
  ],
  size: async (uri) => (uri.endsWith('big.txt') ? 1e9 : 3),
  read: async (uri) => {
    if (uri.endsWith('broken.txt')) throw new Error('Unavailable');
    return new TextEncoder().encode('b\n');
  },
};

const diskPath = (uri: string) => (uri.startsWith('file://') ? uri.slice(7) : undefined);

it('reads the disk for local folders and asks the editor for the others', async () => {
  const local = await mkdtemp(join(tmpdir(), 'routed-'));
  await writeFile(join(local, 'a.ts'), 'a\n');
  const folders = [
    { location: `file://${local}`, name: 'here' },
    { location: 'mem://there', name: 'there' },
  ];
  const files = routedFiles(folders, diskPath, remote);
  const snapshot = await buildSnapshot(files, {}, neverAborted());
  expect(pathsOf(snapshot)).toEqual(['here/a.ts', 'there/b.ts']);
  expect(reasonsOf(snapshot)).toEqual({
    'there/big.txt': 'too-large',
    'there/link': 'symlink',
    'there/broken.txt': 'unreadable',
  });
  expect(snapshot.roots.map(({ location }) => files.locationOf(location))).toEqual([`file://${local}`, 'mem://there']);
});

it('says which folder cannot be opened', async () => {
  const files = routedFiles([{ location: 'mem://gone' }], diskPath, remote);
  await expect(buildSnapshot(files, {}, neverAborted())).rejects.toThrow('mem://gone');
});
