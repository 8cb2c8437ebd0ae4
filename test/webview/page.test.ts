import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/runs/events.ts';
import { exportedRun } from '../../src/runs/node/exported-run.ts';
import { chromiumArgs, findChromium } from '../support/browser.ts';
import { demoCitations, demoEnded, demoQuestion, extremeRun } from './harness/demo-run.ts';
import { axeOn } from './harness/view-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: findChromium(), args: [...chromiumArgs] });
});
afterAll(() => browser.close());

const options = { secrets: [], workspaces: [], env: {}, bundleDir: 'dist' };

interface Opened {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly requests: readonly string[];
}

/** From a file, without a network. */
async function openPage(html: string, view: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const file = join(mkdtempSync(join(tmpdir(), 'ask-page-')), 'run.html');
  writeFileSync(file, html);
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, ...view });
  await context.setOffline(true);
  const page = await context.newPage();
  const [errors, requests]: [string[], string[]] = [[], []];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, errors, requests };
}

test('one file shows the whole run, asks nobody, and its tree can be walked with the keys', async () => {
  const { page, errors, requests } = await openPage(await exportedRun(demoEnded(), 'html', options));
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(demoQuestion);
  const answer = page.getByRole('region', { name: 'Answer' });
  expect(await answer.textContent()).toContain('token bucket kept per client');
  expect(await page.locator('.snippets figure').count()).toBe(demoCitations.length);
  expect(await page.locator('.snippets').textContent()).toContain('readonly #bucket: TokenBucket');
  await page.getByRole('treeitem').first().focus();
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  const agent = page.getByRole('region', { name: 'Agent packages/http/src/client.ts' });
  expect(await agent.textContent()).toContain('yes: packages/http/src/client.ts decides');
  await answer.getByRole('button').first().click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('figure') !== null)).toBe(true);
  expect(errors).toEqual([]);
  expect(requests.filter((url) => !/^(?:file|data):/.test(url))).toEqual([]);
});

test('a citation opens its snippet also where there is no room beside the answer', async () => {
  const view = { viewport: { width: 400, height: 600 } };
  const { page } = await openPage(await exportedRun(demoEnded(), 'html', options), view);
  await page.getByRole('region', { name: 'Answer' }).getByRole('button').first().click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('figure') !== null)).toBe(true);
});

describe.each(['light', 'dark'] as const)('in the scheme %s', (colorScheme) => {
  test.each([1100, 400])('axe finds nothing at a width of %d', async (width) => {
    const view = { colorScheme, viewport: { width, height: 800 } };
    const { page } = await openPage(await exportedRun(demoEnded(), 'html', options), view);
    expect(await axeOn(page)).toEqual([]);
  });
});

const harm = '</script><script>window.harmed = 1</script><img src=x onerror="window.harmed = 2"><!-- <script>';

test('what a model writes stays text', async () => {
  const html = await exportedRun(
    extremeRun(`${harm}\n\n[x](javascript:window.harmed=3) ![y](https://example.com/y.png)`),
    'html',
    options,
  );
  const { page, errors, requests } = await openPage(html);
  expect(await page.getByRole('region', { name: 'Answer' }).textContent()).toContain('<img src=x onerror=');
  expect(await page.evaluate(() => 'harmed' in window)).toBe(false);
  expect(await page.locator('img, iframe, a[href]').count()).toBe(0);
  expect(errors).toEqual([]);
  expect(requests.filter((url) => !/^(?:file|data):/.test(url))).toEqual([]);
});

test('without scripts the answer is there as text', async () => {
  const html = await exportedRun(demoEnded('answered', '', `Plain ${harm}`), 'html', options);
  const { page } = await openPage(html, { javaScriptEnabled: false });
  expect(await page.locator('main').textContent()).toContain(`Plain ${harm}`);
});

// Put together here so that no scanner takes it for a key.
const key = `sk-proj-${'Ab1'.repeat(12)}`;
const named = 'Pa"ss\\word-77';
const planted = [
  `key ${key} and ${named}`,
  JSON.stringify({ key: `x\n${key}`, password: named }),
  `https://h/?k=${encodeURIComponent(key)}&p=${encodeURIComponent(named)}`,
  ...['/srv/acme/shop', '/home/mira', 'C:\\Users\\Mira', '/tmp/x-19'].flatMap((place) => [
    `at ${place}/src/a.ts`,
    JSON.stringify(JSON.stringify({ file: `${place}/b` })),
    `file://${encodeURI(place)}/c`,
    encodeURIComponent(`${place}/d`),
  ]),
].join('\n');

const plantIn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plantIn);
  if (typeof value !== 'object' || value === null) return value;
  const grown = Object.entries(value).map(([name, part]) => [
    name,
    texts.has(name) ? `${part}\n${planted}` : plantIn(part),
  ]);
  return Object.fromEntries(grown);
};
const texts = new Set([
  'question',
  'task',
  'text',
  'code',
  'head',
  'error',
  'answer',
  'content',
  'quote',
  'reason',
  'problem',
  'detail',
]);

test.each(['html', 'json', 'md', 'sft', 'verifiers'] as const)(
  'no planted secret or place is in %s',
  async (format) => {
    const events = demoEnded().map((event) => plantIn(event)) as RunEvent[];
    const workspaces = ['/srv/acme/shop'];
    const text = await exportedRun(events, format, { ...options, secrets: [named], workspaces });
    expect(text).toContain(
      '<workspace>'
        .replaceAll('<', format === 'html' ? '\\u003c' : '<')
        .replaceAll('>', format === 'html' ? '\\u003e' : '>'),
    );
    for (const secret of [key, named, JSON.stringify(named).slice(1, -1), encodeURIComponent(named), 'Ab1Ab1Ab1'])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/mira|acme|%2Ftmp|\/tmp\//i);
  },
);
