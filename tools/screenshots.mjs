// Pictures of the two views for docs/screenshots, from recorded runs: `node tools/screenshots.mjs [scene …]`.
// With scenes named (or `all`) the pictures of these go to .cache/screenshots, to look at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumArgs, findChromium } from '../test/support/browser.ts';
import { servePages } from '../test/webview/harness/page-server.ts';
import { sceneHost, sceneMark, sceneTime } from '../test/webview/harness/scenes.ts';
import { ViewPage } from '../test/webview/harness/view-page.ts';
import { buildWebviews } from './build-webview.mjs';

const sizes = {
  sidebar: { narrow: { width: 280, height: 720 }, wide: { width: 440, height: 720 } },
  panel: { narrow: { width: 420, height: 720 }, wide: { width: 1080, height: 720 } },
};
const everyScene = [
  'first',
  'no-folder',
  'running',
  'retrying',
  'answered',
  'stale',
  'limit',
  'cancelled',
  'failed',
  'huge',
  'extreme',
];

const wanted = process.argv.slice(2);
const scenes = wanted.includes('all') ? everyScene : wanted;
const folder = scenes.length > 0 ? '.cache/screenshots' : 'docs/screenshots';

async function shoot(browser, url, { kind, scene, theme, size, file }) {
  const host = sceneHost(scene);
  const options = { kind, host, url, theme, now: sceneTime(scene), scale: 2, ...sizes[kind][size] };
  const view = await ViewPage.open(browser, options);
  try {
    await view.page.locator(sceneMark(scene, kind)).first().waitFor();
    // Colours of code come a moment later.
    if (await view.page.locator('code').count()) {
      await view.page
        .locator('[class^="t-"]')
        .first()
        .waitFor({ state: 'attached', timeout: 5000 })
        .catch(() => undefined);
    }
    await view.page.waitForTimeout(300);
    await view.page.screenshot({ path: join(folder, `${file}.png`) });
    for (const error of view.errors) console.error(`${file}: ${error}`);
  } finally {
    await view.close();
    host.dispose();
  }
}

function* pictures() {
  for (const kind of ['sidebar', 'panel']) {
    for (const size of ['narrow', 'wide']) {
      if (scenes.length === 0) {
        for (const theme of ['light', 'dark', 'hc'])
          yield { kind, scene: 'answered', theme, size, file: `${kind}-${theme}-${size}` };
      }
      for (const scene of scenes) yield { kind, scene, theme: 'dark', size, file: `${scene}-${kind}-${size}` };
    }
  }
}

mkdirSync(folder, { recursive: true });
await buildWebviews();
const server = await servePages('dist/webview');
const browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
try {
  for (const picture of pictures()) await shoot(browser, server.url, picture);
  console.log(`Pictures are in ${folder}.`);
} finally {
  await browser.close();
  server.close();
}
