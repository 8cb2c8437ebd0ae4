import { ConfigurationTarget, workspace } from 'vscode';
import { readSettings, type Settings } from '../core/settings.ts';
import { settingsSection } from '../ids.ts';

export function currentSettings(): Settings {
  const configuration = workspace.getConfiguration(settingsSection);
  return readSettings((key) => configuration.inspect(key), workspace.isTrusted);
}

/** Writes the person's own settings; where the workspace sets one, which wins, that one. Empty takes the setting away. */
export async function saveModelSettings(
  values: Partial<Record<'model' | 'subModel' | 'baseUrl', string>>,
): Promise<void> {
  const configuration = workspace.getConfiguration(settingsSection);
  for (const [key, value] of Object.entries(values)) {
    const inWorkspace = workspace.isTrusted && configuration.inspect(key)?.workspaceValue !== undefined;
    const target = inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    await configuration.update(key, value || undefined, target);
  }
}
