import type { Target } from '../openai/verdict.ts';

/** Headers by which one authenticates: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Authorization and kin. */
const authenticates = /auth|key|token|secret|cookie/i;

/** How messages name a server: without user, password and query, any of which may be a key. */
export function targetOf(options: {
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}): Target {
  const { model, baseUrl, apiKey = '', headers = {} } = options;
  const url = parseUrl(baseUrl);
  const inHeaders = Object.entries(headers)
    .filter(([name]) => authenticates.test(name))
    .flatMap(([, value]) => [value, ...value.split(/\s+/).slice(1)]);
  const inUrl = url ? [url.password, ...url.searchParams.values()] : [];
  return {
    model,
    url: url ? `${url.origin}${url.pathname.replace(/\/$/, '')}` : 'the base URL',
    host: url ? url.host : 'the server',
    secrets: [apiKey, encodeURIComponent(apiKey), ...inHeaders, ...inUrl],
  };
}

/** `URL.parse`, which Node 20 lacks. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
