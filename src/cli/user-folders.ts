import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the user's system keeps what programs remember between runs. */
export function stateFolder(env: Environment, platform: string): string {
  if (platform === 'win32') return windowsFolder(env);
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Application Support', 'ask-codebase');
  return join(env.XDG_STATE_HOME || join(homeFolder(), '.local', 'state'), 'ask-codebase');
}

/** Where it keeps what can be made again. */
export function cacheFolder(env: Environment, platform: string): string {
  if (platform === 'win32') return join(windowsFolder(env), 'cache');
  if (platform === 'darwin') return join(homeFolder(), 'Library', 'Caches', 'ask-codebase');
  return join(env.XDG_CACHE_HOME || join(homeFolder(), '.cache'), 'ask-codebase');
}

const windowsFolder = (env: Environment): string =>
  join(env.LOCALAPPDATA || join(homeFolder(), 'AppData', 'Local'), 'ask-codebase');

/** `homedir` throws for a user that has none and no HOME. */
function homeFolder(): string {
  try {
    return homedir() || tmpdir();
  } catch {
    return tmpdir();
  }
}
