import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { demoEnded, demoRunId } from './harness/demo-run.ts';
import { runHost, sceneHost } from './harness/scenes.ts';
import { openScene, openView, useStage } from './harness/stage.ts';

useStage();

const focusedRow = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

async function enterTree(page: Page): Promise<void> {
  await page.getByRole('treeitem').first().focus();
}

test('the keys walk the tree, unfold a batch, choose an agent and come back', async () => {
  const { page } = await openScene('panel', 'answered');
  await enterTree(page);
  await page.keyboard.press('ArrowDown');
  expect(await focusedRow(page)).toMatch(/^llm_batch ×12/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await focusedRow(page)).toMatch(/^packages\/http\/src\/client\.ts, done/);
  await page.keyboard.press('Enter');
  expect(await page.getByRole('region', { name: 'Agent packages/http/src/client.ts' }).textContent()).toContain(
    'yes: packages/http/src/client.ts decides',
  );
  await page.keyboard.press('End');
  expect(await focusedRow(page)).toMatch(/^rlm “Who constructs/);
  await page.keyboard.press('ArrowLeft');
  expect(await focusedRow(page)).toMatch(/^root/);
  expect(await page.getByRole('treeitem', { selected: true }).textContent()).toMatch(/client\.ts/);
});

test('the keys go on from the row that the pointer has unfolded, and keep it when it scrolls out of sight', async () => {
  const { page } = await openScene('panel', 'huge');
  await page.getByText(/10,001 agents/).waitFor();
  await enterTree(page);
  const focusedKey = () => page.evaluate(() => document.activeElement?.getAttribute('data-key'));
  await page.locator('[data-key="a0/b3000"] .twistie').click();
  await page.locator('.tree').evaluate((tree) => tree.scrollTo(0, 11_000));
  await page.getByText('Read part 3500.').waitFor();
  expect(await focusedKey()).toBe('a0/b3000');
  await page.keyboard.press('ArrowDown');
  expect(await focusedKey()).toBe('h3000');
});

test('/ filters, Escape clears and goes back to the tree; c copies', async () => {
  const { page, host } = await openScene('panel', 'answered');
  await enterTree(page);
  await page.keyboard.press('/');
  await page.keyboard.type('lease');
  await expect.poll(() => page.getByRole('treeitem').count()).toBe(1);
  await page.keyboard.press('Enter');
  expect(await focusedRow(page)).toMatch(/lease\.ts/);
  await page.keyboard.press('c');
  await expect.poll(() => host.sent('copy')).toEqual([{ text: 'no' }]);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('treeitem').count()).toBe(3);
});

test('s stops a branch, the button stops the run', async () => {
  const { page, host } = await openScene('panel', 'running');
  await enterTree(page);
  await page.keyboard.press('s');
  await page.getByRole('button', { name: 'Stop the run' }).click();
  expect(host.sent('stop')).toEqual([{ runId: demoRunId, agentId: 'a0' }, { runId: demoRunId }]);
});

test('snippets have their lines and open, and a stale one takes its new place', async () => {
  const { page, host } = await openScene('panel', 'stale');
  const snippets = page.getByRole('region', { name: 'Cited snippets' });
  expect(await snippets.locator('.number').allTextContents()).toEqual(expect.arrayContaining(['88', '94', '40', '12']));
  await snippets.getByRole('button', { name: /client\.ts:88-94 verified/ }).click();
  await snippets.getByRole('button', { name: 'Use lines 44-47' }).click();
  expect(host.sent('openCitation')).toEqual([{ runId: demoRunId, index: 0 }]);
  expect(host.sent('reanchor')).toEqual([{ runId: demoRunId, index: 1 }]);
});

test('marks of direction in a folder turn neither the file nor what was found of it', async () => {
  const path = 'src/\u202egnp/evil.ts';
  const citations = [{ path, startLine: 1, endLine: 2, status: 'unverified', quote: '', problem: '' }] as const;
  const host = runHost(
    demoEnded('answered', '', `See [${path}:1-2].`).map((event) =>
      event.type === 'run-end' ? { ...event, citations } : event,
    ),
  );
  const { page } = await openView('panel', host);
  const parts = page.locator('figcaption .citation > *');
  await parts.first().waitFor();
  const lefts = await parts.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
});

test('of a file of 100,000 lines that is cited as a whole, the first are shown', async () => {
  const quote = Array.from({ length: 100_000 }, (_, at) => `line ${at + 1}`).join('\n');
  const citations = [
    { path: 'a.txt', startLine: 1, endLine: 100_000, status: 'verified', quote, problem: '' },
  ] as const;
  const host = runHost(
    demoEnded('answered', '', 'See [a.txt:1-100000].').map((event) =>
      event.type === 'run-end' ? { ...event, citations } : event,
    ),
  );
  const { page } = await openView('panel', host);
  await page.locator('figure .line').first().waitFor();
  expect(await page.locator('figure .line').count()).toBe(5000);
  expect(await page.locator('figure').textContent()).toContain('… 95,000 more lines');
});

test('a run that was deleted is not waited for', async () => {
  const { page, host } = await openScene('panel', 'answered');
  host.tell('panel', { type: 'show', runId: demoRunId, agentId: null });
  host.forget(demoRunId);
  await page.getByText('This run is no longer kept.').waitFor();
});

test('the root shows cells in colours, output, sub-calls with prompt and reply, nudges and the answer', async () => {
  const { page } = await openScene('panel', 'answered');
  const agent = page.getByRole('region', { name: 'Agent root' });
  await agent.locator('.cell .t-control').first().waitFor();
  const text = await agent.textContent();
  for (const part of ['Turn 1', 'Output · 12 lines', 'Host: citations to mend', 'token bucket kept per client'])
    expect(text).toContain(part);
  await agent.getByText('llm_batch · 12 prompts · 1 failed').click();
  await agent.locator('.exchange summary').first().click();
  await agent.locator('.exchange pre', { hasText: 'Does this decide a retry budget?' }).waitFor();
  await agent.getByRole('button', { name: 'Open this agent' }).click();
  await page.getByRole('region', { name: 'Agent packages/http/src/client.ts' }).waitFor();
});

test('ten thousand agents unfold to a bounded number of rows, and End is at once there', async () => {
  const { page, view } = await openScene('panel', 'huge');
  await page.getByText(/10,001 agents/).waitFor();
  await enterTree(page);
  await page.keyboard.press('End');
  for (let batch = 0; batch < 10; batch++) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
  }
  await page.keyboard.press('End');
  expect(await focusedRow(page)).toMatch(/^Read part 9999/);
  expect(await page.getByRole('treeitem').count()).toBeLessThan(120);
  const before = performance.now();
  for (let press = 0; press < 20; press++) await page.keyboard.press('PageUp');
  expect((performance.now() - before) / 20).toBeLessThan(150);
  await page.locator('.tree').evaluate((tree) => tree.scrollTo(0, 0));
  await page.getByRole('treeitem', { name: /^root/ }).waitFor();
  expect(await focusedRow(page)).toMatch(/^Read part/);
  expect(view.errors).toEqual([]);
});

test('narrow: the parts are tabs, and choosing an agent goes to it with the focus', async () => {
  const { page } = await openScene('panel', 'answered', { width: 420 });
  await enterTree(page);
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Agent root' }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Agent');
  await page.getByRole('button', { name: 'Snippets' }).click();
  expect(await page.locator('figure').count()).toBe(4);
  await page.getByRole('button', { name: 'Answer' }).click();
  expect(await page.getByRole('region', { name: 'Answer' }).textContent()).toContain('token bucket');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(wide).toBe(false);
});

test('at 150 pixels nothing lies over another or beyond the edge', async () => {
  const { page } = await openScene('panel', 'running', { width: 150 });
  const tabs = await page
    .locator('.tabs button')
    .evaluateAll((all) => all.map((tab) => tab.scrollWidth > tab.clientWidth));
  expect(tabs).toEqual([false, false, false, false]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(150);
  const sidebar = await openScene('sidebar', 'running', { width: 150 });
  const state = await sidebar.page.locator('.status strong').boundingBox();
  const stop = await sidebar.page.getByRole('button', { name: 'Stop' }).boundingBox();
  expect((state?.x ?? 0) + (state?.width ?? 0)).toBeLessThanOrEqual(stop?.x ?? 0);
});

test('a page that is closed and opened again shows the same run, folds and agent', async () => {
  const host = sceneHost('answered');
  const first = await openView('panel', host);
  host.tell('panel', { type: 'show', runId: demoRunId, agentId: null });
  await enterTree(first.page);
  await first.page.keyboard.press('ArrowDown');
  await first.page.keyboard.press('ArrowRight');
  await first.page.keyboard.press('ArrowDown');
  await first.page.keyboard.press('Enter');
  await expect.poll(() => first.view.saved).toMatchObject({ runId: demoRunId, agentId: 'r0', toggled: ['a0/c1'] });
  const text = await first.page.locator('main').textContent();
  await first.view.close();
  const second = await openView('panel', host, { saved: first.view.saved });
  await second.page.getByRole('region', { name: 'Agent packages/http/src/client.ts' }).waitFor();
  await second.page.locator('figure').first().waitFor();
  expect(await second.page.locator('main').textContent()).toBe(text);
});

test('says what happens while nothing is there yet', async () => {
  const { page } = await openScene('panel', 'first');
  expect(await page.locator('main').textContent()).toContain('No run to show yet');
});
