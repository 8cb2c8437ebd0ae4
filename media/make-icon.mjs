// Draws media/icon.png from media/icon.svg with a headless Chromium: node media/make-icon.mjs [PATH OF CHROMIUM]
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const folder = import.meta.dirname;
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
await page.setContent(`<body style="margin:0">${readFileSync(`${folder}/icon.svg`, 'utf8')}</body>`);
await page.screenshot({ path: `${folder}/icon.png`, omitBackground: true });
await browser.close();
