import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { ProviderId } from '../../src/models/providers/preset.ts';
import { presetOf, presets } from '../../src/models/providers/presets.ts';
import { type Endpoint, type Environment, endpointOf } from '../core/endpoint.ts';
import { type MenuAction, modelMenu } from '../core/model-menu-items.ts';
import { endpointFor, type FoundModels, providerOf, selectModels } from '../core/model-selection.ts';
import { askForEndpoint } from './ask-for-endpoint.ts';
import { manageOffered, tellHow } from './get-models.ts';
import type { Keys } from './keys.ts';
import type { ModelFinder } from './model-finder.ts';
import { currentSettings, saveModelSettings } from './settings-access.ts';

type Item = QuickPickItem & { readonly run?: () => Promise<unknown> };
type Tier = 'root' | 'sub';

/** The menu behind *Choose model*. Runs under way keep the model they began with. */
export class ModelMenu {
  readonly #keys: Keys;
  readonly #finder: ModelFinder;
  readonly #env: Environment;

  constructor(keys: Keys, finder: ModelFinder, environment: Environment) {
    this.#keys = keys;
    this.#finder = finder;
    this.#env = environment;
  }

  async choose(): Promise<void> {
    const found = this.#finder.all();
    const { sentence } = this.#finder.shown;
    const items = found.then((all) => [...this.#ownRows(all), ...this.#rows(all, 'root')]);
    await pick(items, 'Ask Codebase: Choose model', `Now: ${sentence}`);
  }

  /** A model for one question. @returns its spec, `undefined` when none was picked. */
  async pickModel(): Promise<string | undefined> {
    const rows = this.#finder
      .all()
      .then((found) =>
        modelMenu(found).flatMap(({ rows }) =>
          rows.flatMap(({ label, description, action }) =>
            action.kind === 'use' ? [{ label, description, spec: action.spec, detail: action.spec }] : [],
          ),
        ),
      );
    const chosen = await window.showQuickPick(rows, {
      title: 'Ask Codebase: Re-run with which model?',
      matchOnDetail: true,
    });
    return chosen?.spec;
  }

  /** Asks for the key of a provider of the models that are set; of which one, when that is not clear. */
  async setKey(): Promise<void> {
    const { root, sub } = this.#finder.shown;
    const settings = currentSettings();
    const now = [root, sub].map((spec) => endpointFor(spec, settings, this.#env)).filter((one) => one !== undefined);
    const origins = new Set(now.map(({ origin }) => origin));
    const [only] = now;
    if (only !== undefined && origins.size === 1) await this.#askKey(only);
    else await pick(Promise.resolve(this.#keyRows(now)), 'Ask Codebase: Set API key', 'Of which provider?');
  }

  #keyRows(now: readonly Endpoint[]): readonly Item[] {
    const usual = presets.filter(({ needsKey }) => needsKey).map(({ id }) => endpointOf(id, '', this.#env));
    const all = [...now, ...usual].filter((one) => one !== undefined);
    const once = all.filter(({ origin }, at) => all.findIndex((other) => other.origin === origin) === at);
    return once.map((endpoint) => ({
      label: presetOf(endpoint.provider).title,
      description: endpoint.host,
      run: () => this.#askKey(endpoint),
    }));
  }

  #askKey(endpoint: Endpoint): Promise<boolean> {
    return this.#keys.ask(endpoint, presetOf(endpoint.provider).getStarted);
  }

  #ownRows(found: FoundModels): readonly Item[] {
    const settings = currentSettings();
    const { sub } = this.#finder.shown;
    const auto = selectModels({ model: 'auto', subModel: '', baseUrl: '' }, found, this.#env).choice.sentence;
    const mark = settings.model === 'auto' ? '$(check) ' : '';
    return [
      {
        label: `${mark}Automatic`,
        description: `now: ${auto}`,
        run: () => saveModelSettings({ model: 'auto', subModel: '', baseUrl: '' }),
      },
      { label: 'Model of sub-agents…', description: sub, run: () => this.#chooseSub(found) },
      {
        label: 'OpenAI-compatible endpoint…',
        description: settings.baseUrl || 'a server of your company, a gateway',
        run: () => askForEndpoint('openai', this.#keys, this.#env),
      },
      { label: 'Set API key…', description: 'of a provider', run: () => this.setKey() },
    ];
  }

  #rows(found: FoundModels, tier: Tier): readonly Item[] {
    const { root, sub } = this.#finder.shown;
    const current = tier === 'root' ? root : sub;
    return modelMenu(found).flatMap(({ title, rows }) => [
      { label: title, kind: QuickPickItemKind.Separator },
      ...rows.map(({ label, description, action }) => ({
        label: action.kind === 'use' && action.spec === current ? `$(check) ${label}` : label,
        description,
        run: () => this.#act(action, tier),
      })),
    ]);
  }

  async #chooseSub(found: FoundModels): Promise<void> {
    const { root } = this.#finder.shown;
    const usual: Item = {
      label: 'Automatic',
      description: `the usual one beside ${root}`,
      run: () => saveModelSettings({ subModel: '' }),
    };
    const same: Item = {
      label: "The root's model",
      description: root,
      run: () => saveModelSettings({ subModel: root }),
    };
    const named: Item = { label: 'By name…', description: 'PROVIDER:NAME', run: () => nameSub() };
    const rows = [usual, same, named, ...this.#rows(found, 'sub')];
    await pick(Promise.resolve(rows), 'Ask Codebase: Model of sub-agents', `The root is ${root}`);
  }

  async #act(action: MenuAction, tier: Tier): Promise<void> {
    if (action.kind === 'use') await this.#use(action.spec, tier);
    else if (action.kind === 'get-vscode') await manageOffered();
    else await this.#get(action.provider, tier);
  }

  /** A model of another provider than before is asked at that provider's own address. */
  async #use(spec: string, tier: Tier): Promise<void> {
    const provider = providerOf(spec);
    const endpoint = provider === undefined ? undefined : endpointOf(provider, '', this.#env);
    const lacksKey = endpoint?.needsKey === true && (await this.#keys.of(endpoint)).kind === 'none';
    if (endpoint !== undefined && lacksKey && !(await this.#askKey(endpoint))) return;
    await saveModelSettings(tier === 'root' ? { baseUrl: '', model: spec, subModel: '' } : { subModel: spec });
  }

  /** Leads to what a provider lacks, and then to its models. */
  async #get(provider: ProviderId, tier: Tier): Promise<void> {
    const { local, baseUrl, pair, getStarted, title } = presetOf(provider);
    if (provider === 'ollama' || provider === 'lmstudio') return tellHow(title, getStarted);
    if (local || baseUrl === undefined || pair === undefined) return askForEndpoint(provider, this.#keys, this.#env);
    const endpoint = endpointOf(provider, '', this.#env);
    if (endpoint === undefined || !(await this.#askKey(endpoint))) return;
    const all = await this.#finder.all();
    const models = modelMenu({ ...all, offered: [], local: [], keyed: [provider] })
      .filter((group) => group.title.startsWith(title))
      .flatMap(({ rows }) => rows)
      .map(({ label, description, action }) => ({ label, description, run: () => this.#act(action, tier) }));
    await pick(
      Promise.resolve(models),
      `Ask Codebase: Model of ${title}`,
      `The usual pair is ${pair.root}, ${pair.sub}`,
    );
  }
}

async function pick(items: Promise<readonly Item[]>, title: string, placeHolder: string): Promise<void> {
  const chosen = await window.showQuickPick<Item>(
    items.then((all) => [...all]),
    { title, placeHolder, matchOnDescription: true },
  );
  await chosen?.run?.();
}

async function nameSub(): Promise<void> {
  const { subModel } = currentSettings();
  const value = await window.showInputBox({ title: 'Model of sub-agents', value: subModel, ignoreFocusOut: true });
  if (value !== undefined) await saveModelSettings({ subModel: value.trim() });
}
