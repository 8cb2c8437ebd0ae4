import { join, resolve } from 'node:path';

/** Where the bench keeps its things. npm runs it in the project's folder. */
export const benchDir = resolve('.cache/bench');
export const binDir = join(benchDir, 'bin');
/** What `tools/build.mjs` wrote. */
export const assetsDir = resolve('dist');
/** XDG folders of the measured clients; the interpreter's snapshot is shared by all measurements. */
export const cacheHome = join(benchDir, 'cache');
export const stateHome = join(benchDir, 'state');
export const cacheDir = join(cacheHome, 'ask-codebase');
