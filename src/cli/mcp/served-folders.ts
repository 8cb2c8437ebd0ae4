import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that an agent named, links resolved. It has to be one of those that a person opened, or inside one.
 * @param served absolute paths. @throws Error for who asked.
 */
export async function servedFolder(folder: string, served: readonly string[]): Promise<string> {
  const [first = ''] = served;
  const real = await realpath(resolve(first, folder)).catch(() => undefined);
  const hint = `Served here: ${served.join(', ')}. Start the server with --dir to serve another.`;
  if (real === undefined || !(await stat(real)).isDirectory())
    throw new Error(`There is no folder '${folder}'. ${hint}`);
  const tops = await Promise.all(served.map((dir) => realpath(dir)));
  if (tops.some((top) => isWithin(real, top))) return real;
  throw new Error(`'${folder}' is outside of the folders that are served. ${hint}`);
}

function isWithin(path: string, top: string): boolean {
  const inside = relative(top, path);
  return !isAbsolute(inside) && inside !== '..' && !inside.startsWith(`..${sep}`);
}

/** The folders among a client's roots. */
export const foldersOfRoots = (uris: readonly string[]): readonly string[] =>
  uris.filter((uri) => uri.startsWith('file:') && URL.canParse(uri)).map((uri) => fileURLToPath(uri));
