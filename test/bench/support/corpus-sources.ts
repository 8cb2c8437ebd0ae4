import { type Dirent, existsSync, globSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where real text files are found on a machine that has the project, in the order in which they are taken. */
export function corpusSources(): readonly string[] {
  const given = process.env.BENCH_CORPUS;
  if (given) return given.split(':').map((dir) => resolve(dir));
  const npm = process.env.npm_execpath ? [resolve(process.env.npm_execpath, '../..')] : ['/usr/lib/node_modules/npm'];
  const python = globSync(['/usr/lib/python3*', '/usr/local/lib/python3*']).sort();
  const wanted = [resolve('node_modules'), ...npm, ...python, '/usr/include', '/usr/share', '/usr/local/share'];
  return wanted.filter((dir) => existsSync(dir));
}

/** Files below a folder in path order; links and unreadable folders are passed over. */
export function* filesBelow(folder: string): Generator<string> {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
