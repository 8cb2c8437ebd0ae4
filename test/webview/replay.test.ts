import { describe, expect, test } from 'vitest';
import { demoEnded, demoRunId } from './harness/demo-run.ts';
import { sceneHost, sceneTime } from './harness/scenes.ts';
import { openScene, openView, type Staged, useStage } from './harness/stage.ts';
import type { ThemeName, ViewOptions } from './harness/view-page.ts';

useStage();

const bar = ({ page }: Staged) => page.getByRole('region', { name: 'Replay' });
const slider = (staged: Staged) => bar(staged).getByRole('slider', { name: 'Time of the run' });

async function replaying(options: Partial<ViewOptions> = {}): Promise<Staged> {
  const staged = await openScene('panel', 'answered', options);
  await staged.page.getByRole('button', { name: 'Replay run' }).click();
  await bar(staged).waitFor();
  return staged;
}

test('a replay begins with the question, and the slider brings the run as it was at that time', async () => {
  const staged = await replaying();
  const { page, host } = staged;
  expect(host.sent('eventsOf')).toEqual([{ runId: demoRunId }]);
  expect(await page.getByRole('treeitem').count()).toBe(0);
  await bar(staged).getByRole('button', { name: 'Next event' }).click();
  await bar(staged).getByRole('button', { name: 'Next event' }).click();
  expect(await page.getByRole('treeitem').allTextContents()).toEqual([expect.stringMatching(/^root, queued/)]);
  await slider(staged).fill('1000');
  expect(await page.getByRole('region', { name: 'Agent root' }).textContent()).toContain('I rank the passages first.');
  expect(await page.getByRole('region', { name: 'Agent root' }).textContent()).not.toContain('All three places agree.');
  expect(await page.locator('.snippets figure').count()).toBe(0);
  await slider(staged).focus();
  await page.keyboard.press('End');
  expect(await page.locator('.snippets figure').count()).toBe(4);
  expect(await slider(staged).getAttribute('aria-valuetext')).toMatch(/the run ends: answered$/);
  await page.keyboard.press('Home');
  expect(await page.getByRole('treeitem').count()).toBe(0);
});

test('a replay plays by itself, stops nobody, and can be left', async () => {
  const staged = await replaying();
  const { page, host } = staged;
  await bar(staged).getByRole('button', { name: 'Play', exact: true }).click();
  await expect.poll(() => page.getByRole('treeitem').count(), { timeout: 8000 }).toBeGreaterThan(1);
  await bar(staged).getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('treeitem').first().focus();
  await page.keyboard.press('s');
  expect(await page.getByRole('button', { name: 'Stop the run' }).count()).toBe(0);
  expect(host.sent('stop')).toEqual([]);
  await bar(staged).getByRole('button', { name: 'Leave the replay' }).click();
  expect(await page.locator('.snippets figure').count()).toBe(4);
});

test('the host begins a replay; the run under way has none to offer', async () => {
  const host = sceneHost('answered');
  const staged = await openView('panel', host);
  host.tell('panel', { type: 'show', runId: demoRunId, agentId: null, replay: true });
  await bar(staged).waitFor();
  const { page } = await openScene('panel', 'running');
  expect(await page.getByRole('button', { name: 'Replay run' }).count()).toBe(0);
});

test('re-run and export are asked of the host', async () => {
  const { page, host } = await openScene('panel', 'answered');
  await page.getByRole('button', { name: 'Re-run' }).click();
  await page.getByRole('button', { name: 'Export run' }).click();
  await expect
    .poll(() => [host.sent('rerun'), host.sent('exportRun')])
    .toEqual([[{ runId: demoRunId }], [{ runId: demoRunId }]]);
});

async function comparing(options: Partial<ViewOptions> = {}): Promise<Staged> {
  const host = sceneHost('answered');
  host.play(
    'second',
    demoEnded('exhausted', 'The budget of 16 calls is used up.', 'It is a bucket [docs/retries.md:300-310].'),
  );
  const staged = await openView('panel', host, options);
  host.tell('panel', { type: 'compare', runIds: [demoRunId, 'second'] });
  await staged.page.getByRole('region', { name: 'Re-run' }).waitFor();
  return staged;
}

test('two runs stand side by side: figures, answers, citations that open', async () => {
  const { page, host } = await comparing();
  const row = (name: string) =>
    page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name }) })
      .getByRole('cell');
  expect(await row('Outcome').allTextContents()).toEqual(['answered', 'limit reached']);
  expect(await row('Agents').allTextContents()).toEqual(['14', '14']);
  expect((await row('Citations').allTextContents())[0]).toContain('2 verified');
  expect(await page.getByRole('region', { name: 'Earlier run' }).textContent()).toContain(
    'token bucket kept per client',
  );
  const rerun = page.getByRole('region', { name: 'Re-run' });
  expect(await rerun.textContent()).toContain('It is a bucket');
  await rerun.getByRole('button', { name: /retries\.md/ }).click();
  await expect.poll(() => host.sent('openCitation')).toEqual([{ runId: 'second', index: 3 }]);
  await rerun.getByRole('button', { name: 'Open this run' }).click();
  await expect.poll(() => host.sent('openPanel')).toEqual([{ runId: 'second' }]);
  host.tell('panel', { type: 'show', runId: demoRunId, agentId: null });
  await page.getByRole('treeitem').first().waitFor();
});

const themes: readonly ThemeName[] = ['light', 'dark', 'hc', 'hc-light'];

describe.each(themes)('in the theme %s', (theme) => {
  test.each([1000, 400])('axe finds nothing at a width of %d', async (width) => {
    const replay = await replaying({ theme, width, now: sceneTime('answered') });
    await slider(replay).fill('2000');
    expect(await replay.view.axe()).toEqual([]);
    const compare = await comparing({ theme, width });
    expect(await compare.view.axe()).toEqual([]);
    if (process.env.SHOTS) {
      await replay.page.screenshot({ path: `${process.env.SHOTS}/replay-${theme}-${width}.png` });
      await compare.page.screenshot({ path: `${process.env.SHOTS}/compare-${theme}-${width}.png` });
    }
  });
});
