import { isLoopback, parseUrl } from './address.ts';
import type { ProviderPreset } from './preset.ts';

/** Where a provider is asked, and with what. */
export interface Connection {
  readonly preset: ProviderPreset;
  readonly baseUrl: string;
  /** `undefined`: requests carry none. */
  readonly apiKey: string | undefined;
  /** Host and port, for people and for notices. */
  readonly host: string;
  /** On this machine: text that goes there does not leave it (unless the server sends it on). */
  readonly isLocal: boolean;
}

export interface ConnectionWish {
  /** Blank or absent: the preset's own address. */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
}

export type Connected =
  | { readonly kind: 'ok'; readonly connection: Connection }
  /** For people: what is wrong and what to do. Holds no part of a key or of a URL that may hold a password. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Checks address and key without touching the network. `spec` is what the person named. */
export function connect(preset: ProviderPreset, wish: ConnectionWish, spec: string): Connected {
  const baseUrl = wish.baseUrl?.trim() || preset.baseUrl;
  const apiKey = wish.apiKey?.trim() || undefined;
  if (baseUrl === undefined) {
    return problem(
      `${spec} needs the address of your ${preset.title}: set ${preset.baseUrlVariable} or a base URL, such as ${preset.baseUrlExample}.`,
    );
  }
  const url = parseUrl(baseUrl);
  const wrong = urlProblem(url, preset) ?? keyProblem(apiKey, url, preset, spec);
  if (url === undefined || wrong !== undefined) return problem(wrong ?? notAnAddress(preset));
  return { kind: 'ok', connection: { preset, baseUrl, apiKey, host: url.host, isLocal: isLoopback(url) } };
}

function urlProblem(url: URL | undefined, preset: ProviderPreset): string | undefined {
  if (url && (url.username !== '' || url.password !== '')) {
    return `The base URL holds a user name or password. Take it out and set ${preset.keyVariable} instead.`;
  }
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? undefined : notAnAddress(preset);
}

const notAnAddress = (preset: ProviderPreset): string =>
  `The base URL is not a web address. It looks like ${preset.baseUrlExample}.`;

/** Only a provider's own address is known to want a key: another server may want none. */
function keyProblem(key: string | undefined, url: URL | undefined, preset: ProviderPreset, spec: string) {
  if (key !== undefined && /[^\x21-\x7e]/.test(key)) {
    return `${preset.keyVariable} holds a blank or a character that no key has. Copy the key again and set it anew.`;
  }
  const own = preset.baseUrl === undefined ? url?.host : parseUrl(preset.baseUrl)?.host;
  if (key !== undefined || !preset.needsKey || url?.host !== own) return undefined;
  return [
    `${spec} needs an API key for ${own}. Set ${preset.keyVariable} (${preset.getStarted}),`,
    `set ${preset.baseUrlVariable} to another server that speaks its protocol, or use the model \`offline\`.`,
  ].join(' ');
}

const problem = (text: string): Connected => ({ kind: 'problem', problem: text });
