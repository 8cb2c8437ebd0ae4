import { parseUrl } from '../models/providers/address.ts';
import { CliError } from './cli-error.ts';
import type { Environment } from './user-folders.ts';

/**
 * The proxies that the environment names, as Node's agents read them: https://nodejs.org/api/http.html#built-in-proxy-support
 * Where the scheme is left out it is `http://`, as for curl; the variable in small letters wins. `undefined` when there is none.
 * @throws CliError for an address that is none. It may hold a password and is not repeated.
 */
export function proxyEnvironment(env: Environment): Record<string, string> | undefined {
  const proxies = (['HTTP_PROXY', 'HTTPS_PROXY'] as const).flatMap((name) => {
    const value = variable(env, name);
    return value === '' ? [] : [[name, addressIn(value, name)] as const];
  });
  return proxies.length === 0 ? undefined : { ...Object.fromEntries(proxies), NO_PROXY: variable(env, 'NO_PROXY') };
}

const variable = (env: Environment, name: string): string => (env[name.toLowerCase()] || env[name] || '').trim();

function addressIn(value: string, name: string): string {
  const address = value.includes('://') ? value : `http://${value}`;
  if (/^https?:$/.test(parseUrl(address)?.protocol ?? '')) return address;
  throw new CliError(`${name} is not the address of an HTTP proxy. Write it as http://HOST:PORT, or unset it.`, 2);
}
