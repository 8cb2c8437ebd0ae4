import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureDebianPackages } from './system-packages.ts';

/** For `chromium.launch`: headless in a container, as root, without a network. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The path of a Chromium: `CHROMIUM_PATH`, or one that is installed, or on Debian as root one that apt installs now. */
export function findChromium(): string {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (existsSync(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH names ${wanted}, which is not there.`);
  }
  const found = installed();
  if (found) return found;
  ensureDebianPackages(['chromium'], 'Testing in a browser');
  const now = installed();
  if (now) return now;
  throw new Error(
    'Testing in a browser needs Chromium or Chrome, and none was found. Install one (Debian: `apt-get install chromium`; ' +
      'Ubuntu, Windows, macOS: Google Chrome), or set CHROMIUM_PATH to the path of one.',
  );
}

const installed = (): string | undefined => [...fixedPaths(), ...onPath()].find((path) => existsSync(path));

function fixedPaths(): readonly string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform !== 'win32') return ['/usr/bin/chromium'];
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  return roots.filter((root) => root !== undefined).map((root) => join(root, 'Google/Chrome/Application/chrome.exe'));
}

function onPath(): readonly string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
