import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userDataOf } from './server.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet VS Code whose windows look the same on every run. */
const quiet: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Dark 2026',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'workbench.tips.enabled': false,
  // Whatever runs on the machine of the tests.
  'askCodebase.model': 'offline',
};

/**
 * Settings that are changed on disk while a window is open are not seen: they are written before it. Those of the scope
 * `machine-overridable` count only in the file of the machine that runs the extensions.
 */
export function writeSettings(home: string, trusted: boolean, settings: Settings): void {
  const trust = { 'security.workspace.trust.enabled': !trusted };
  const text = JSON.stringify({ ...quiet, ...trust, ...settings }, undefined, 2);
  for (const name of ['User', 'Machine']) {
    const folder = join(userDataOf(home), name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), text);
  }
}

/** The settings that make the extension ask a scripted server. */
export const scripted = (url: string): Settings => ({
  'askCodebase.model': 'openai:scripted',
  'askCodebase.baseUrl': url,
});
