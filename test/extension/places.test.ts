import { describe, expect, it } from 'vitest';
import { changesSnapshot, leftOutFolders } from '../../extension/core/left-out-folders.ts';
import { placeOf, snapshotPath } from '../../extension/core/places.ts';

const api = { name: 'api', uri: 'file:///home/me/api' };
const web = { name: 'web', uri: 'vscode-vfs://host/web' };

describe('where a path lies', () => {
  it('is the only root', () => {
    expect(placeOf([api], 'src/a.ts')).toEqual({ root: api, path: 'src/a.ts' });
    expect(placeOf([api], 'api/a.ts')).toEqual({ root: api, path: 'api/a.ts' });
  });

  it('is the root it starts with when there are several', () => {
    expect(placeOf([api, web], 'web/src/a.ts')).toEqual({ root: web, path: 'src/a.ts' });
    expect(placeOf([api, web], 'api/src/a.ts')).toEqual({ root: api, path: 'src/a.ts' });
    expect(placeOf([api, web], 'src/a.ts')).toBeUndefined();
  });

  it.each([
    '../secret',
    'src/../../secret',
    '/etc/passwd',
    'src//a',
    '',
    String.raw`..\..\secret`,
    String.raw`src/..\..\secret`,
    String.raw`\\server\share\a`,
    String.raw`C:\secret`,
    'C:/secret',
  ])('is nowhere for %s', (path) => {
    expect(placeOf([api], path)).toBeUndefined();
  });

  it('goes back to the path of the snapshot', () => {
    for (const roots of [[api], [api, web]])
      for (const path of ['api/a.ts']) {
        const place = placeOf(roots, path);
        expect(place && snapshotPath(roots, place)).toBe(path);
      }
  });
});

it('tells changes inside left-out folders from others', () => {
  const leftOut = leftOutFolders([
    { path: 'dist/', reason: 'ignored', detail: '' },
    { path: 'big.bin', reason: 'binary', detail: '' },
    { path: 'late/', reason: 'limit', detail: '' },
  ]);
  expect(changesSnapshot(leftOut, 'dist/deep/a.js')).toBe(false);
  expect(changesSnapshot(leftOut, 'dist')).toBe(true);
  expect(changesSnapshot(leftOut, 'src/a.ts')).toBe(true);
  expect(changesSnapshot(leftOut, 'late/a.ts')).toBe(true);
  expect(changesSnapshot(leftOut, 'big.bin')).toBe(true);
});
