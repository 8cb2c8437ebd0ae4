import { getSystemErrorMap } from 'node:util';

/** What went wrong, in the system's words and without the path, which the caller knows. */
export function errorText(error: unknown): string {
  const { code, errno, message } = error as NodeJS.ErrnoException;
  const known = errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1];
  return known === undefined ? (code ?? message) : `${known} (${code})`;
}

/** The system's root is the empty key: every key + `/` + path is a path. */
export const toKey = (path: string): string => path.replaceAll(separator, '/').replace(/\/+$/, '');
export const fromKey = (key: string): string => key;

/** A backslash is part of a name elsewhere. */
const separator = process.platform === 'win32' ? '\\' : '/';
