/** A service that models are asked at. `origin` names it in the key store and in notices. */
export interface Endpoint {
  readonly origin: string;
  readonly host: string;
  readonly isDefault: boolean;
  /** On this machine: text that goes there does not leave it. */
  readonly isLocal: boolean;
}

const openAi = 'https://api.openai.com';

/** @param baseUrl empty for OpenAI's own. @returns `undefined` when it is no web address. */
export function endpointOf(baseUrl: string): Endpoint | undefined {
  const address = baseUrl.trim() === '' ? `${openAi}/v1` : baseUrl.trim();
  if (!URL.canParse(address)) return undefined;
  const { origin, host, hostname, protocol } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return undefined;
  return { origin, host, isDefault: origin === openAi, isLocal: loopback.test(hostname) };
}

const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** The key's name in the secret storage: each endpoint has its own, so that a changed address never gets another's key. */
export const secretName = ({ origin }: Endpoint): string => `apiKey:${origin}`;

export type KeySource = { readonly kind: 'stored' | 'environment'; readonly key: string } | { readonly kind: 'none' };

/** The environment's key is OpenAI's, and goes nowhere else. */
export function chooseKey(endpoint: Endpoint, stored: string | undefined, environment: string | undefined): KeySource {
  if (stored?.trim()) return { kind: 'stored', key: stored.trim() };
  if (endpoint.isDefault && environment?.trim()) return { kind: 'environment', key: environment.trim() };
  return { kind: 'none' };
}
