import { type SecretStorage, window } from 'vscode';
import { chooseKey, type Endpoint, type KeySource, secretName } from '../core/endpoint.ts';

/** API keys: in the editor's secret storage, one for each endpoint. */
export class Keys {
  readonly #secrets: SecretStorage;
  readonly #environment: string | undefined;
  /** All that were seen, so that no log shows one. */
  readonly #seen = new Set<string>();

  constructor(secrets: SecretStorage, environment: string | undefined) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  get seen(): readonly string[] {
    return [...this.#seen];
  }

  async of(endpoint: Endpoint): Promise<KeySource> {
    const source = chooseKey(endpoint, await this.#secrets.get(secretName(endpoint)), this.#environment);
    if (source.kind !== 'none') this.#seen.add(source.key);
    return source;
  }

  /** Asks for the key; an empty one takes it away. @returns `false` when the person turned away. */
  async ask(endpoint: Endpoint): Promise<boolean> {
    const before = await this.of(endpoint);
    const key = await window.showInputBox({
      title: `API key for ${endpoint.host}`,
      prompt: `Kept in the secret storage of VS Code and sent to ${endpoint.host} only.${hint(before)}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (key === undefined) return false;
    if (key.trim() === '') await this.#secrets.delete(secretName(endpoint));
    else await this.#secrets.store(secretName(endpoint), key.trim());
    return true;
  }
}

function hint(before: KeySource): string {
  if (before.kind === 'stored') return ' Leave it empty to remove the key that is stored.';
  if (before.kind === 'environment') return ' Without one, OPENAI_API_KEY of the environment is used.';
  return ' Leave it empty if the endpoint needs none.';
}
