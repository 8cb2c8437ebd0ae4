import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import { endpointOf } from '../core/endpoint.ts';
import { offlineItem, openAiItems, pricesNote } from '../core/model-menu-items.ts';
import { selectModels } from '../core/model-selection.ts';
import type { Keys } from './keys.ts';
import { currentSettings, saveModelSettings } from './settings-access.ts';

type Item = QuickPickItem & { readonly run?: () => Promise<void> };

/** The menu behind *Choose model*. Runs under way keep the model they began with. */
export async function chooseModel(keys: Keys): Promise<void> {
  const { model, subModel, baseUrl } = currentSettings();
  const items: readonly Item[] = [
    { ...labelled(offlineItem, model), run: () => useModel(keys, offlineItem.spec, '') },
    { label: `OpenAI (${pricesNote})`, kind: QuickPickItemKind.Separator },
    ...openAiItems().map((item) => ({ ...labelled(item, model), run: () => useModel(keys, item.spec, '') })),
    { label: 'Other', kind: QuickPickItemKind.Separator },
    {
      label: 'OpenAI-compatible endpoint…',
      description: baseUrl === '' ? 'a local server or a gateway' : baseUrl,
      run: () => useEndpoint(keys, baseUrl),
    },
    {
      label: 'Model of sub-agents…',
      description: subModel === model ? 'the same' : subModel,
      run: () => chooseSubModel(),
    },
    { label: 'Set API key…', description: endpointOf(baseUrl)?.host ?? '', run: () => askKey(keys) },
  ];
  const chosen = await window.showQuickPick([...items], {
    title: 'Ask Codebase: Choose model',
    placeHolder: `Now: ${model}. Where text goes: ${where()}.`,
    matchOnDescription: true,
  });
  await chosen?.run?.();
}

/** Asks for the key of the endpoint that is set. */
export async function askKey(keys: Keys): Promise<void> {
  const endpoint = endpointOf(currentSettings().baseUrl);
  if (endpoint !== undefined) await keys.ask(endpoint);
}

const labelled = (
  item: { readonly spec: string; readonly label: string; readonly description: string },
  model: string,
) => ({
  label: item.spec === model || item.spec === `openai:${model}` ? `$(check) ${item.label}` : item.label,
  description: item.description,
});

function where(): string {
  const selection = selectModels(currentSettings());
  if (selection.kind === 'remote')
    return selection.endpoint.isLocal ? `${selection.endpoint.host} (this machine)` : selection.endpoint.host;
  return selection.kind === 'offline' ? 'nowhere, it stays on this machine' : 'nowhere yet';
}

async function useModel(keys: Keys, spec: string, baseUrl: string): Promise<void> {
  const endpoint = spec === 'offline' ? undefined : endpointOf(baseUrl);
  const needsKey = endpoint?.isDefault === true && (await keys.of(endpoint)).kind === 'none';
  if (endpoint !== undefined && needsKey && !(await keys.ask(endpoint))) return;
  await saveModelSettings({ baseUrl, model: spec, subModel: '' });
}

async function useEndpoint(keys: Keys, before: string): Promise<void> {
  const baseUrl = await window.showInputBox({
    title: 'OpenAI-compatible endpoint (1 of 3)',
    prompt: 'Its base URL',
    value: before || 'http://localhost:11434/v1',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() !== '' && endpointOf(text) !== undefined ? undefined : 'A web address such as https://host/v1',
  });
  const endpoint = baseUrl === undefined ? undefined : endpointOf(baseUrl);
  if (baseUrl === undefined || endpoint === undefined || !(await keys.ask(endpoint))) return;
  const name = await window.showInputBox({
    title: `Model at ${endpoint.host} (3 of 3)`,
    prompt: 'Its name there, such as llama3.3 or openai/gpt-5-mini',
    ignoreFocusOut: true,
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'A name without blanks'),
  });
  if (name === undefined) return;
  await saveModelSettings({ baseUrl: baseUrl.trim(), model: `openai:${name.trim()}`, subModel: '' });
}

async function chooseSubModel(): Promise<void> {
  const { model, subModel, baseUrl } = currentSettings();
  const same: Item = { label: "The root's model", description: model, run: () => saveModelSettings({ subModel: '' }) };
  const named: Item = {
    label: 'By name…',
    run: async () => {
      const value = await window.showInputBox({ title: 'Model of sub-agents', value: subModel, ignoreFocusOut: true });
      if (value !== undefined) await saveModelSettings({ subModel: value.trim() });
    },
  };
  const known = baseUrl === '' ? openAiItems() : [];
  const items = known.map((item) => ({
    ...labelled(item, subModel),
    run: () => saveModelSettings({ subModel: item.spec }),
  }));
  const chosen = await window.showQuickPick([same, ...items, named], { title: 'Ask Codebase: Model of sub-agents' });
  await chosen?.run?.();
}
