import { isLoopback, parseUrl } from '../../src/models/providers/address.ts';
import type { ProviderId, ProviderPreset } from '../../src/models/providers/preset.ts';
import { presetOf } from '../../src/models/providers/presets.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A service that models are asked at. `origin` names it in the key store and in notices. */
export interface Endpoint {
  readonly provider: ProviderId;
  readonly baseUrl: string;
  readonly origin: string;
  readonly host: string;
  /** On this machine: text that goes there does not leave it. */
  readonly isLocal: boolean;
  /** Refuses requests without a key. */
  readonly needsKey: boolean;
  /** The environment's variable whose key may go there; `undefined`: none may. */
  readonly keyVariable: string | undefined;
}

/**
 * @param baseUrl the person's own; blank for the environment's, else the provider's. A key of the environment goes to the
 * provider's own address and to the environment's, never to one that came from a setting.
 * @returns `undefined` when there is no web address.
 */
export function endpointOf(provider: ProviderId, baseUrl: string, env: Environment): Endpoint | undefined {
  const preset = presetOf(provider);
  const ofEnvironment = env[preset.baseUrlVariable]?.trim() ?? '';
  const address = baseUrl.trim() || ofEnvironment || preset.baseUrl || '';
  const url = parseUrl(address);
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  const own = originOf(preset);
  const trusted = url.origin === own || url.origin === parseUrl(ofEnvironment)?.origin;
  return {
    ...{ provider, baseUrl: address, origin: url.origin, host: url.host, isLocal: isLoopback(url) },
    needsKey: preset.needsKey && (own === undefined || url.origin === own),
    keyVariable: trusted ? preset.keyVariable : undefined,
  };
}

const originOf = ({ baseUrl }: ProviderPreset): string | undefined =>
  baseUrl === undefined ? undefined : parseUrl(baseUrl)?.origin;

/** The key's name in the secret storage: each endpoint has its own, so that a changed address never gets another's key. */
export const secretName = ({ origin }: Pick<Endpoint, 'origin'>): string => `apiKey:${origin}`;

export type KeySource =
  | { readonly kind: 'stored'; readonly key: string }
  | { readonly kind: 'environment'; readonly key: string; readonly variable: string }
  | { readonly kind: 'none' };

export function chooseKey({ keyVariable }: Endpoint, stored: string | undefined, env: Environment): KeySource {
  if (stored?.trim()) return { kind: 'stored', key: stored.trim() };
  const key = keyVariable === undefined ? undefined : env[keyVariable]?.trim();
  return key && keyVariable ? { kind: 'environment', key, variable: keyVariable } : { kind: 'none' };
}
