import { window } from 'vscode';
import type { ProviderId } from '../../src/models/providers/preset.ts';
import { presetOf } from '../../src/models/providers/presets.ts';
import { type Environment, endpointOf } from '../core/endpoint.ts';
import { providerOf } from '../core/model-selection.ts';
import type { Keys } from './keys.ts';
import { currentSettings, saveModelSettings } from './settings-access.ts';

/** Asks for an address, its key and a model's name, and sets the model. Nothing is changed when a person leaves one out. */
export async function askForEndpoint(provider: ProviderId, keys: Keys, environment: Environment): Promise<void> {
  const { title, baseUrl, baseUrlExample, getStarted } = presetOf(provider);
  const settings = currentSettings();
  const before = provider === providerOf(settings.model) ? settings.baseUrl : '';
  const what = provider === 'openai' ? 'OpenAI-compatible endpoint' : title;
  const url = await window.showInputBox({
    title: `${what} (1 of 3)`,
    prompt: `Its base URL, such as ${baseUrlExample}`,
    value: before || (provider === 'openai' ? 'http://localhost:11434/v1' : (baseUrl ?? '')),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() !== '' && endpointOf(provider, text, {}) ? undefined : `A web address such as ${baseUrlExample}`,
  });
  const endpoint = url === undefined ? undefined : endpointOf(provider, url, environment);
  if (url === undefined || endpoint === undefined || !(await keys.ask(endpoint, getStarted))) return;
  const name = await window.showInputBox({
    title: `Model at ${endpoint.host} (3 of 3)`,
    prompt: 'Its name there, such as llama3.3 or openai/gpt-5-mini',
    ignoreFocusOut: true,
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'A name without blanks'),
  });
  if (name === undefined) return;
  await saveModelSettings({ baseUrl: url.trim(), model: `${provider}:${name.trim()}`, subModel: '' });
}
