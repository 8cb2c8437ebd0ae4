import { field, text } from '../json.ts';

/** Why no answer came, in words; `permanent` when trying again cannot help. */
export interface ConnectionTrouble {
  readonly reason: string;
  readonly permanent: boolean;
}

/** System and undici codes: https://nodejs.org/api/errors.html#common-system-errors */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  UND_ERR_SOCKET: 'connection closed',
  ETIMEDOUT: 'connecting timed out',
  UND_ERR_CONNECT_TIMEOUT: 'connecting timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
  EAI_AGAIN: 'name lookup failed',
  ENOTFOUND: 'unknown host name',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ERR_PROXY_TUNNEL: 'the proxy did not let it through',
};

/** What went wrong where a proxy may have had its part. */
export class ProxiedError extends Error {
  /** The variable of the environment that names the proxy. */
  readonly proxy: string;
  /** The proxy said that it will not; asked again it will say the same. */
  readonly refused: boolean;

  constructor(proxy: string, cause: Error) {
    super(cause.message, { cause });
    this.proxy = proxy;
    const status = field(cause, 'code') === 'ERR_PROXY_TUNNEL' ? Number(field(cause, 'statusCode')) : 0;
    this.refused = status >= 400 && status < 500;
  }
}

/** @param quote makes the words of an error that has no code fit to show. */
export function connectionTrouble(error: unknown, quote: (text: string) => string): ConnectionTrouble {
  const code = codeOf(error, 6);
  const certificate = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code);
  if (certificate) return { reason: `its certificate is not trusted (${code})`, permanent: true };
  const unnamed = code === '' ? `connection failed (${quote(String(error))})` : code;
  const proxied = proxiedIn(error, 6);
  const hint = proxied ? `; the environment names a proxy (${proxied.proxy})` : '';
  const permanent = code === 'ENOTFOUND' || proxied?.refused === true;
  return { reason: (reasons[code] ?? unnamed) + hint, permanent };
}

/** The first code down the chain of causes; a host with several addresses fails with several errors. */
function codeOf(error: unknown, depth: number): string {
  if (depth === 0 || typeof error !== 'object' || error === null) return '';
  const inner = 'cause' in error ? codeOf(error.cause, depth - 1) : '';
  return inner || text(field(error, 'code')) || codeOf(field(error, 'errors', 0), depth - 1);
}

function proxiedIn(error: unknown, depth: number): ProxiedError | undefined {
  if (error instanceof ProxiedError) return error;
  return depth === 0 ? undefined : proxiedIn(field(error, 'cause'), depth - 1);
}
