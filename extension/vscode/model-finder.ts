import { type Disposable, lm, workspace } from 'vscode';
import { discoverLocal } from '../../src/models/node/discover.ts';
import type { ModelChoice } from '../../src/protocol/messages.ts';
import type { Environment } from '../core/endpoint.ts';
import {
  type FoundModels,
  type ModelSelection,
  type ModelSettings,
  neededLooks,
  nothingFound,
  selectModels,
} from '../core/model-selection.ts';
import { settingsSection } from '../ids.ts';
import type { Keys } from './keys.ts';
import { offeredFacts } from './offered-models.ts';
import { currentSettings } from './settings-access.ts';

export interface Selected {
  readonly selection: ModelSelection;
  readonly found: FoundModels;
}

/** Looks for models and keeps what the next question would be asked with, for the views. */
export class ModelFinder {
  readonly #keys: Keys;
  readonly #env: Environment;
  readonly #onChange: () => void;
  #last: FoundModels | undefined;
  #looking = false;
  #again = false;

  constructor(keys: Keys, env: Environment, onChange: () => void, disposables: Disposable[]) {
    this.#keys = keys;
    this.#env = env;
    this.#onChange = onChange;
    const again = () => this.refresh();
    disposables.push(
      // A look makes VS Code ask its providers, which may tell of it.
      lm.onDidChangeChatModels(() => this.#looking || again()),
      keys.onDidChange(again),
      workspace.onDidGrantWorkspaceTrust(again),
      workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(settingsSection) && again()),
    );
  }

  /** As of the last look; the first one goes on when nobody has looked yet. */
  get shown(): ModelChoice {
    const settings = currentSettings();
    const needed = neededLooks(settings);
    if (this.#last === undefined && (needed.local || needed.offered || needed.keyed)) {
      this.refresh();
      const { model, subModel } = settings;
      return { root: model, sub: subModel || model, local: false, sentence: 'Looking for models…' };
    }
    return selectModels(settings, this.#last ?? nothingFound, this.#env).choice;
  }

  /** For the next question: looks anew. Other settings than the current ones are for that question alone. */
  async select(settings: ModelSettings = currentSettings()): Promise<Selected> {
    const found = await this.#look(neededLooks(settings));
    if (settings.model === currentSettings().model) this.#last = found;
    return { selection: selectModels(settings, found, this.#env), found };
  }

  /** Everything there is, also what the settings do not ask for. */
  all(): Promise<FoundModels> {
    return this.#look({ offered: true, local: true, keyed: true });
  }

  /** Looks anew in the background; changes that come in a row are looked at once more in the end. */
  refresh(): void {
    this.#again = this.#looking;
    if (this.#looking) return;
    this.#looking = true;
    void this.select()
      .catch(() => undefined)
      .then(() => {
        this.#looking = false;
        this.#onChange();
        if (this.#again) this.refresh();
      });
  }

  async #look(wanted: Readonly<Record<keyof FoundModels, boolean>>): Promise<FoundModels> {
    const [offered, local, keyed] = await Promise.all([
      wanted.offered ? offeredFacts() : [],
      wanted.local ? discoverLocal() : [],
      wanted.keyed ? this.#keys.keyed() : [],
    ]);
    return { offered, local, keyed };
  }
}
