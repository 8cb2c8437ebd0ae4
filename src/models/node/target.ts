import { parseUrl } from '../providers/address.ts';
import type { ProviderPreset } from '../providers/preset.ts';
import type { Target } from '../wire/verdict.ts';

/** Headers by which one authenticates: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Authorization and kin. */
const authenticates = /auth|key|token|secret|cookie/i;

/** How messages name a server: without user, password and query, any of which may be a key. */
export function targetOf(options: {
  readonly preset: ProviderPreset;
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey?: string | undefined;
  readonly keyName?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}): Target {
  const { preset, model, baseUrl, apiKey = '', keyName = preset.keyVariable, headers = {} } = options;
  const url = parseUrl(baseUrl);
  const inHeaders = Object.entries(headers)
    .filter(([name]) => authenticates.test(name))
    .flatMap(([, value]) => [value, ...value.split(/\s+/).slice(1)]);
  const inUrl = url ? [url.password, ...url.searchParams.values()] : [];
  return {
    model,
    url: url ? `${url.origin}${url.pathname.replace(/\/$/, '')}` : 'the base URL',
    host: url ? url.host : 'the server',
    keyName,
    speaks: preset.protocol === 'anthropic' ? 'Anthropic-compatible' : 'OpenAI-compatible',
    secrets: [apiKey, encodeURIComponent(apiKey), ...inHeaders, ...inUrl],
  };
}
