import { type Event, type SecretStorage, window } from 'vscode';
import type { ProviderId } from '../../src/models/providers/preset.ts';
import { presets } from '../../src/models/providers/presets.ts';
import {
  chooseKey,
  type Endpoint,
  type Environment,
  endpointOf,
  type KeySource,
  secretName,
} from '../core/endpoint.ts';

/** API keys: in the editor's secret storage, one for each endpoint. */
export class Keys {
  readonly #secrets: SecretStorage;
  readonly #env: Environment;
  /** All that were seen, so that no log shows one. */
  readonly #seen = new Set<string>();

  constructor(secrets: SecretStorage, env: Environment) {
    this.#secrets = secrets;
    this.#env = env;
  }

  get seen(): readonly string[] {
    return [...this.#seen];
  }

  get onDidChange(): Event<unknown> {
    return this.#secrets.onDidChange;
  }

  async of(endpoint: Endpoint): Promise<KeySource> {
    const source = chooseKey(endpoint, await this.#secrets.get(secretName(endpoint)), this.#env);
    if (source.kind !== 'none') this.#seen.add(source.key);
    return source;
  }

  /** Providers whose usual address has a key. */
  async keyed(): Promise<readonly ProviderId[]> {
    const found = await Promise.all(
      presets.map(async ({ id }) => {
        const endpoint = endpointOf(id, '', this.#env);
        return endpoint !== undefined && (await this.of(endpoint)).kind !== 'none' ? [id] : [];
      }),
    );
    return found.flat();
  }

  /** Asks for the key; an empty one takes it away. @returns `false` when the person turned away. */
  async ask(endpoint: Endpoint, getStarted: string): Promise<boolean> {
    const before = await this.of(endpoint);
    const key = await window.showInputBox({
      title: `API key for ${endpoint.host}`,
      prompt: `Kept in the secret storage of VS Code and sent to ${endpoint.host} only.${hint(before, endpoint)}`,
      placeHolder: getStarted,
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return false;
    if (key.trim() === '') await this.#secrets.delete(secretName(endpoint));
    else await this.#secrets.store(secretName(endpoint), key.trim());
    return true;
  }
}

function hint(before: KeySource, { needsKey }: Endpoint): string {
  if (before.kind === 'stored') return ' Leave it empty to remove the key that is stored.';
  if (before.kind === 'environment') return ` Without one, ${before.variable} of the environment is used.`;
  return needsKey ? '' : ' Leave it empty if the endpoint needs none.';
}
