import { readdir, readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from './cli-error.ts';

/** @returns the absolute path. @throws CliError when it is not a folder that can be read. */
export async function checkFolder(dir: string, cwd: string, option = '--dir'): Promise<string> {
  const path = resolve(cwd, dir);
  try {
    if (!(await stat(path)).isDirectory()) throw new CliError(`'${dir}' is a file; ${option} takes a folder`, 1);
    await readdir(path);
  } catch (error) {
    if (error instanceof CliError) throw error;
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new CliError(`there is no folder '${dir}'; check ${option}`, 1);
    throw new CliError(`the folder '${dir}' cannot be read (${code}); check its permissions`, 1);
  }
  return path;
}

/**
 * Guards `--events` against replacing something that is not a log.
 * @returns the absolute path. @throws CliError
 */
export async function checkLogFile(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) throw new CliError(`--events takes a file, and '${file}' is a folder`, 2);
  if (info === undefined || !info.isFile() || info.size === 0) return path;
  const start = (await readFile(path).catch(() => Buffer.alloc(0))).toString('utf8', 0, 200);
  if (start.startsWith('{') && start.includes('"type":"run-start"')) return path;
  throw new CliError(`'${file}' exists and is not the log of a run; give --events another name`, 2);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason';
