import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { afterAll } from 'vitest';
import { chromiumArgs, findChromium } from '../../support/browser.ts';

let running: Promise<Browser> | undefined;

/** A browser profile of its own in the one browser of this test file. */
export async function newContext(viewport: {
  readonly width: number;
  readonly height: number;
}): Promise<BrowserContext> {
  running ??= chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
  const browser = await running;
  const permissions = ['clipboard-read', 'clipboard-write'];
  return browser.newContext({ viewport, permissions });
}

afterAll(async () => {
  const browser = await running;
  running = undefined;
  await browser?.close();
});
