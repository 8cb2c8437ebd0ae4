import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ViewKind } from '../../../extension/core/view-hub.ts';
import { chromiumArgs, findChromium } from '../../support/browser.ts';
import type { FakeHost } from './fake-host.ts';
import { type PageServer, servePages } from './page-server.ts';
import { type SceneName, sceneHost, sceneMark } from './scenes.ts';
import { type ViewOptions, ViewPage } from './view-page.ts';

const folder = 'dist/webview';

let browser: Browser | undefined;
let server: PageServer | undefined;
const opened: { close(): Promise<void> }[] = [];

/** Call once in a test file that opens views. */
export function useStage(): void {
  beforeAll(async () => {
    if (!existsSync(`${folder}/sidebar.js`)) throw new Error(`${folder} is not built. Run: npm run build`);
    server = await servePages(folder);
    browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
}

export interface Staged {
  readonly view: ViewPage;
  readonly page: Page;
  readonly host: FakeHost;
}

/** Opens a view of a host in the browser. */
export async function openView(
  kind: ViewKind,
  host: FakeHost,
  options: Partial<Omit<ViewOptions, 'kind' | 'host' | 'url'>> = {},
): Promise<Staged> {
  if (browser === undefined || server === undefined) throw new Error('useStage() was not called.');
  const size = kind === 'panel' ? { width: 1000, height: 700 } : {};
  const view = await ViewPage.open(browser, { kind, host, url: server.url, ...size, ...options });
  opened.push(view, { close: async () => host.dispose() });
  return { view, page: view.page, host };
}

/** Opens a view of a scene and waits until it is drawn. */
export async function openScene(
  kind: ViewKind,
  scene: SceneName,
  options: Partial<Omit<ViewOptions, 'kind' | 'host' | 'url'>> = {},
): Promise<Staged> {
  const staged = await openView(kind, sceneHost(scene), options);
  await staged.page.locator(sceneMark(scene, kind)).first().waitFor();
  return staged;
}
