import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheFolder, stateFolder } from '../../src/cli/user-folders.ts';

test('the state and cache folders are where each system has them', () => {
  const env = { XDG_STATE_HOME: '/x/state', LOCALAPPDATA: 'C:/local' };
  expect(stateFolder(env, 'linux')).toBe(join('/x/state', 'ask-codebase'));
  expect(stateFolder({ XDG_STATE_HOME: '' }, 'linux')).toMatch(/\.local[/\\]state[/\\]ask-codebase$/);
  expect(stateFolder(env, 'darwin')).toMatch(/Library[/\\]Application Support[/\\]ask-codebase$/);
  expect(stateFolder(env, 'win32')).toBe(join('C:/local', 'ask-codebase'));
  const cache = { XDG_CACHE_HOME: '/x/cache', LOCALAPPDATA: 'C:/local' };
  expect(cacheFolder(cache, 'linux')).toBe(join('/x/cache', 'ask-codebase'));
  expect(cacheFolder({}, 'darwin')).toMatch(/Library[/\\]Caches[/\\]ask-codebase$/);
  expect(cacheFolder(cache, 'win32')).toBe(join('C:/local', 'ask-codebase', 'cache'));
});
